import { screen, within } from '@testing-library/react';
import { expect, test } from 'vitest';
import { api } from '@/components/testing/api';
import { idOf } from '@/components/testing/sample';
import { show } from '@/components/testing/show';
import {
  createCheckpoint,
  createSpace,
  deleteEntry,
  getEntry,
  listChanges,
  listCheckpoints,
  listConflicts,
  listEntries,
  listSpaces,
  listVersions,
  putEntry,
  resolveConflict,
  restoreMemory,
  searchMemory,
} from '@/lib/memory/contract';
import { listLocks, releaseLock } from '@/lib/memory/locks/contract';
import type { MemoryEntry, MemorySpace, MemoryVersion } from '@/lib/memory/schema';
import { MemoryPage } from './memory-page';
import { treeRows } from './tree-rows';

const at = '2026-11-29T10:00:00.000Z';
const ada = { kind: 'person' as const, id: 'ada', name: 'Ada' };
const run = { kind: 'run' as const, runId: idOf(9), stepId: 's', name: 'Note it down' };
const workspace: MemorySpace = {
  ...{ key: 'workspace', kind: 'workspace', name: '', title: 'Workspace', orphaned: false },
  ...{ entries: 2, conflicts: 0, number: 5, updatedAt: at },
};
const support: MemorySpace = {
  ...{ ...workspace, key: 'team:Support', kind: 'team', name: 'Support', title: 'Support' },
  ...{ entries: 1, conflicts: 1 },
};
const listed = (path: string) => ({
  ...{ path, version: 2, author: run, updatedAt: at, expiresAt: null },
  ...{ preview: 'plan: yearly', conflict: false, looksSecret: false },
});
const entry: MemoryEntry = {
  ...{ path: 'customers/acme', version: 2, author: run, updatedAt: at, expiresAt: null },
  ...{ space: 'workspace', value: { plan: 'yearly' }, checksum: 'c', createdAt: at },
  ...{ conflict: false, looksSecret: false },
};
const version = (number: number, value: MemoryVersion['value']): MemoryVersion => ({
  ...{ version: number, number, outcome: 'written', strategy: 'last', baseVersion: null },
  ...{ author: number === 1 ? ada : run, at, deleted: false, value, checksum: 'c' },
});
const versions = {
  items: [version(2, { plan: 'yearly' }), version(1, { plan: 'free' })],
  more: false,
};

function shown(role: 'editor' | 'viewer' = 'editor') {
  api.on(listSpaces, { items: [workspace, support] });
  api.on(listEntries, { items: [listed('customers/acme'), listed('prices')] });
  api.on(getEntry, entry);
  api.on(listVersions, versions);
  return show(<MemoryPage />, { role });
}

test('entries are a tree; one opens with its value, author and versions, and is brought back', async () => {
  api.on(restoreMemory, { changes: [{ path: entry.path, change: 'changed', from: 2 }], number: 6 });
  const { user } = shown();
  const tree = await screen.findByRole('list', { name: 'Entries' });
  const folder = within(tree).getByRole('button', { name: /^customers/ });
  await user.click(folder);
  expect(within(tree).queryByRole('button', { name: /^acme/ })).toBeNull();
  await user.click(folder);
  await user.click(within(tree).getByRole('button', { name: /^acme/ }));
  const panel = await screen.findByRole('complementary', { name: 'customers/acme' });
  expect(await within(panel).findByRole('region', { name: 'Value' })).toBeTruthy();
  const [link] = await within(panel).findAllByRole('link', { name: 'Note it down' });
  expect(link?.getAttribute('href')).toBe(`/runs/${idOf(9)}`);
  await user.click(await within(panel).findByRole('button', { name: /^v2/ }));
  expect(within(panel).getByText('free')).toBeTruthy();
  await user.click(within(panel).getByRole('button', { name: /^v1/ }));
  await user.click(within(panel).getByRole('button', { name: 'Restore v1' }));
  await expect
    .poll(() => api.asked(restoreMemory)[0]?.body)
    .toMatchObject({ to: { path: 'customers/acme', version: 1 } });
});

test('an edit names the version it was made on; what looks like a secret is kept only if one insists', async () => {
  api.refuse(putEntry, 'invalid_input', 'This looks like a password.', { looksSecret: true });
  const { user } = shown();
  await user.click(await screen.findByRole('button', { name: /^acme/ }));
  await user.click(await screen.findByRole('button', { name: 'Edit' }));
  const field = within(screen.getByRole('dialog')).getByLabelText('Value');
  await user.clear(field);
  await user.type(field, '{{"plan": ');
  await user.click(screen.getByRole('button', { name: 'Save' }));
  expect(await screen.findByText(/This is no JSON/)).toBeTruthy();
  await user.type(field, '"monthly"}');
  await user.click(screen.getByRole('button', { name: 'Save' }));
  expect(await screen.findByText('This looks like a password.')).toBeTruthy();
  api.on(putEntry, { outcome: 'merged', entry });
  await user.click(screen.getByRole('button', { name: 'Keep it all the same' }));
  await expect
    .poll(() => api.asked(putEntry).at(-1)?.body)
    .toEqual({ value: { plan: 'monthly' }, strategy: 'merge', expect: 2, allowSecret: true });
});

test('an entry and a shared memory are added', async () => {
  api.on(putEntry, { outcome: 'written', entry });
  api.on(createSpace, support);
  const { user } = shown();
  await user.click(await screen.findByRole('button', { name: 'Add entry' }));
  await user.type(screen.getByLabelText('Path'), 'notes/first');
  await user.type(screen.getByLabelText('Value'), 'Hello');
  await user.click(screen.getByRole('button', { name: 'Save' }));
  await expect
    .poll(() => api.asked(putEntry)[0]?.body)
    .toEqual({ value: 'Hello', strategy: 'version', expect: 'absent' });
  await user.click(screen.getByRole('button', { name: 'New memory' }));
  await user.type(screen.getByLabelText('Name'), 'Support');
  await user.click(screen.getByRole('button', { name: 'Create' }));
  await expect.poll(() => api.asked(createSpace)[0]?.body).toEqual({ name: 'Support' });
});

test('conflicts are cards to decide', async () => {
  api.on(listConflicts, {
    items: [
      {
        ...{
          id: idOf(3),
          space: 'team:Support',
          path: 'plan',
          leaves: ['seats'],
          theirsVersion: 2,
        },
        ...{ base: { seats: 1 }, mine: { seats: 3 }, theirs: { seats: 2 }, author: run, at },
      },
    ],
  });
  api.on(resolveConflict, { space: 'team:Support', path: 'plan', version: 3 });
  const { user } = shown();
  await user.click(await screen.findByRole('button', { name: /^Support/ }));
  const cards = await screen.findByRole('list', { name: 'Conflicts' });
  expect(within(cards).getAllByText('seats').length).toBeGreaterThan(0);
  await user.click(within(cards).getByRole('button', { name: 'Write the other value' }));
  await expect.poll(() => api.asked(resolveConflict)[0]?.body).toEqual({ take: 'mine' });
});

test('changes and checkpoints of a memory; what a restore changes is shown first', async () => {
  const checkpoint = { id: idOf(4), name: 'Before', number: 3, author: ada, at };
  api.on(listChanges, {
    ...{ latest: 5, oldest: 1 },
    items: [
      { number: 5, path: 'prices', version: 2, outcome: 'deleted', deleted: true, author: ada, at },
    ],
  });
  api.on(listCheckpoints, { items: [checkpoint] });
  api.on(createCheckpoint, checkpoint);
  api.on(restoreMemory, {
    changes: [{ path: 'prices', change: 'brought back', from: 2 }],
    number: 6,
  });
  const { user } = shown();
  await user.click(await screen.findByRole('tab', { name: 'Changes' }));
  expect(await screen.findByRole('cell', { name: /Deleted/ })).toBeTruthy();
  await user.click(screen.getByRole('tab', { name: 'Checkpoints' }));
  await user.type(await screen.findByLabelText('Name of the checkpoint'), 'Now');
  await user.click(screen.getByRole('button', { name: 'Create checkpoint' }));
  await expect.poll(() => api.asked(createCheckpoint)[0]?.body).toEqual({ name: 'Now' });
  await user.click(await screen.findByRole('button', { name: 'Restore…' }));
  const list = await screen.findByRole('list', { name: 'What changes' });
  expect(within(list).getByText('Brought back')).toBeTruthy();
  await user.click(screen.getByRole('button', { name: 'Restore' }));
  await expect
    .poll(() => api.asked(restoreMemory).map(({ body }) => body))
    .toContainEqual({ to: { checkpoint: idOf(4) }, under: '', preview: false });
});

test('locks say who holds them and who waits for whom', async () => {
  const lock = {
    ...{ token: 1, space: 'workspace', path: 'customers', mode: 'X' as const, owner: run },
    ...{ granted: true, waitsFor: [], askedAt: at, until: at },
  };
  api.on(listLocks, {
    items: [
      lock,
      { ...lock, token: 2, path: '', granted: false, owner: ada, waitsFor: ['Note it down'] },
    ],
  });
  api.on(releaseLock, { token: 1 });
  const { user } = shown();
  await user.click(await screen.findByRole('tab', { name: 'Locks' }));
  const list = await screen.findByRole('list', { name: 'Locks' });
  expect(within(list).getByText('waits for Note it down')).toBeTruthy();
  await user.click(within(list).getByRole('button', { name: 'Release' }));
  await expect.poll(() => api.asked(releaseLock)[0]?.params).toEqual({ token: 1 });
});

test('hits say why they were found', async () => {
  api.on(searchMemory, {
    meaning: { state: 'on', waiting: 2 },
    hits: [
      {
        ...{ space: 'workspace', spaceTitle: 'Workspace', path: 'customers/acme', version: 2 },
        ...{
          value: { plan: 'yearly' },
          snippet: 'plan: yearly',
          score: 2,
          author: run,
          updatedAt: at,
        },
        why: [
          { kind: 'words', words: ['year'] },
          { kind: 'path', words: ['acme'] },
          { kind: 'meaning', words: [], similarity: 0.62 },
        ],
      },
    ],
  });
  const { user } = shown();
  await user.type(await screen.findByLabelText('Search memory'), 'year acme');
  expect(await screen.findByText('year in the value')).toBeTruthy();
  expect(screen.getByText('acme in the path')).toBeTruthy();
  expect(screen.getByText('62 % like in meaning')).toBeTruthy();
  expect(screen.getByText('2 entries are new, and found by words alone for now.')).toBeTruthy();
  await user.click(screen.getByRole('button', { name: /customers\/acme/ }));
  expect(await screen.findByRole('complementary', { name: 'customers/acme' })).toBeTruthy();
});

test('a viewer changes nothing', async () => {
  api.on(deleteEntry, { path: 'x', version: 3 });
  const { user } = shown('viewer');
  await user.click(await screen.findByRole('button', { name: /^acme/ }));
  await user.click(await screen.findByRole('button', { name: /^v1/ }));
  for (const name of ['Add entry', 'New memory', 'Edit', 'Delete', 'Restore v1']) {
    expect(screen.queryByRole('button', { name }), name).toBeNull();
  }
});

test('an empty memory says how it begins, and one that cannot be read offers to try again', async () => {
  api.on(listSpaces, { items: [] });
  const { unmount } = show(<MemoryPage />, { role: 'editor' });
  expect(await screen.findByText('Nothing is remembered yet')).toBeTruthy();
  unmount();
  api.refuse(listSpaces, 'unavailable', 'The database does not answer.');
  show(<MemoryPage />);
  expect(await screen.findByRole('button', { name: 'Try again' })).toBeTruthy();
});

test('a path that is an entry and a folder is both', () => {
  const rows = treeRows([listed('a'), listed('a/b'), listed('c/d/e')], new Set(['c']));
  expect(rows.map(({ kind, path, depth }) => [kind, path, depth])).toEqual([
    ['entry', 'a', 0],
    ['folder', 'a', 0],
    ['entry', 'a/b', 1],
    ['folder', 'c', 0],
  ]);
});
