import { act, fireEvent, screen, waitFor, within } from '@testing-library/react';
import { beforeEach, expect, test } from 'vitest';
import { AgentList } from '@/components/agents/agent-list';
import { api } from '@/components/testing/api';
import { idOf, sampleOf } from '@/components/testing/sample';
import { show } from '@/components/testing/show';
import { realtime } from '@/components/testing/socket';
import { listAgents } from '@/lib/agents/contract';
import { agentSchema } from '@/lib/agents/schema';
import { countNewMessages } from '@/lib/messages/contract';
import { countNotifications } from '@/lib/notifications/contract';
import { createWorkspace, getMe, switchWorkspace, workspaceSchema } from '@/lib/people/contract';
import type { Role } from '@/lib/people/schema';
import { hitSchema, search } from '@/lib/search/contract';
import { itemValue, rankItem } from '@/lib/search/item';
import { createWorkflow, listWorkflows, workflowSummarySchema } from '@/lib/workflows/contract';
import { destinations, settingsDestination } from './navigation';
import { places } from './palette-places';
import { Shell } from './shell';

const acme = sampleOf(workspaceSchema, { id: 'w', name: 'Acme' });
const other = sampleOf(workspaceSchema, { id: 'w2', name: 'Other' });
const hit = (id: number, title: string) =>
  sampleOf(hitSchema, {
    ...{ kind: 'workflow' as const, id: idOf(id), title, detail: 'Draft' },
    href: `/workflows/${idOf(id)}`,
  });
const invoices = hit(2, 'Invoices');
const agent = sampleOf(agentSchema, { id: idOf(1), name: 'Analyst', handle: 'analyst' });

beforeEach(() => {
  api.on(countNotifications, { unread: 0 });
  api.on(countNewMessages, { new: 0 });
  api.on(getMe, {
    user: { id: 'ada', name: 'Ada', email: 'ada@example.com' },
    workspace: acme,
    workspaces: [acme, other],
  });
});

const open = (path = '/', role?: Role) =>
  show(
    <Shell workspaceName="Acme" initiallyCollapsed={false}>
      <AgentList />
    </Shell>,
    { path, ...(role ? { role } : {}) },
  );

test('marks where one is, and goes elsewhere by two keys', async () => {
  const { user, visited } = open('/agents/new');
  const nav = within(screen.getByRole('navigation', { name: 'Main' }));
  expect(nav.getByRole('link', { current: 'page' }).textContent).toBe('Agents');
  await user.keyboard('gr');
  expect(visited).toEqual(['/runs']);
  expect(nav.getByRole('link', { current: 'page' }).textContent).toBe('Runs');
  await user.keyboard('x');
  expect(visited).toHaveLength(1);
});

test('collapses the sidebar to a rail, and remembers it', async () => {
  const { user } = open();
  await user.keyboard('{Control>}b{/Control}');
  const nav = within(screen.getByRole('navigation', { name: 'Main' }));
  expect(nav.getByRole('link', { name: 'Runs' }).textContent).toBe('');
  expect(document.cookie).toContain('sidebar=rail');
  await user.click(screen.getByRole('button', { name: 'Expand sidebar' }));
  expect(nav.getByRole('link', { name: 'Runs' }).textContent).toBe('Runs');
});

test('finds places, things and deeds in the palette', async () => {
  api.on(listAgents, { items: [agent] });
  api.on(listWorkflows, {
    items: [sampleOf(workflowSummarySchema, { id: idOf(2), name: 'Invoices' })],
  });
  api.on(search, ({ query }) => ({ hits: query.q.startsWith('inv') ? [invoices] : [] }));
  api.on(createWorkflow, { id: idOf(3), name: 'Untitled workflow', problems: [] });
  const { user, visited } = open();
  await user.keyboard('{Control>}k{/Control}');
  const input = await screen.findByRole('combobox', { name: 'Search and commands' });
  await user.type(input, 'invo');
  await user.click(await screen.findByRole('option', { name: /Invoices/ }));
  expect(visited).toEqual([`/workflows/${idOf(2)}`]);
  await user.keyboard('{Control>}k{/Control}');
  await user.type(await screen.findByRole('combobox', { name: 'Search and commands' }), 'zzz');
  expect(await screen.findByText('Nothing matches “zzz”.')).toBeTruthy();
  await user.clear(screen.getByRole('combobox', { name: 'Search and commands' }));
  await user.click(screen.getByRole('option', { name: /Create workflow/ }));
  await expect.poll(() => visited.at(-1)).toBe(`/workflows/${idOf(3)}`);
});

const firstOf: Readonly<Record<string, readonly string[]>> = {
  Models: ['models', 'openai', 'provider', 'model key', 'llm', 'ollama'],
  Members: ['members', 'people', 'roles', 'team'],
  'Invite somebody': ['invite', 'invitation', 'teammate'],
  'API keys': ['api key', 'token'],
  Connections: ['connections', 'credentials', 'secrets', 'oauth'],
  Appearance: ['appearance', 'colours'],
  Manual: ['docs', 'help', 'manual'],
  'Documentation of functions': ['formulas', 'expressions'],
  'REST API': ['curl'],
  Services: ['openapi'],
  Templates: ['template', 'gallery', 'examples'],
  'Import a workflow': ['import', 'upload'],
  'Export workflows': ['export', 'backup'],
  Trash: ['trash', 'restore', 'deleted'],
  Favourites: ['star', 'favorites'],
  Runs: ['runs'],
  Agents: ['agents'],
  Settings: ['settings'],
  'Workspace settings': ['rename workspace'],
};
const words = Object.entries(firstOf).flatMap(([label, all]) => all.map((word) => [word, label]));

test(`of ${words.length} words each finds the page that is meant first`, () => {
  const pages = [
    ...[...destinations, settingsDestination].map(({ href, label }) => ({ id: href, label })),
    ...places.map(({ href, label, words: more }) => ({ id: href, label, words: more })),
  ].map((page) => ({ label: page.label, ...itemValue(page) }));
  const best = (word: string) => {
    const ranked = pages.map(({ label, value, keywords }) => ({
      label,
      rank: rankItem(value, word, keywords),
    }));
    return ranked.sort((a, b) => b.rank - a.rank)[0];
  };
  expect(words.map(([word = '']) => [word, best(word)?.label])).toEqual(words);
  expect(words.length).toBeGreaterThan(30);
});

test('what is meant stands first among pages, deeds and what the server found', async () => {
  const page = sampleOf(hitSchema, {
    ...{ kind: 'docs' as const, id: '/docs/dark', title: 'Dark', detail: 'Start' },
    href: '/docs/dark',
  });
  api.on(search, { hits: [invoices, hit(7, 'The models of last year'), page] });
  const { user } = open('/', 'admin');
  await user.keyboard('{Control>}k{/Control}');
  const input = await screen.findByRole('combobox', { name: 'Search and commands' });
  for (const [word, label] of [
    ['models', 'Models'],
    ['the models', 'The models of last year'],
    ['new workflow', 'Create workflow'],
    ['log out', 'Sign out'],
    ['dark', 'Dark theme'],
  ] as const) {
    fireEvent.change(input, { target: { value: '' } });
    fireEvent.change(input, { target: { value: word } });
    await expect
      .poll(() => screen.getByRole('option', { selected: true }).textContent, { message: word })
      .toContain(label);
  }
});

test('offers only pages that one may open', async () => {
  api.on(search, { hits: [] });
  const { user } = open('/', 'viewer');
  await user.keyboard('{Control>}k{/Control}');
  const input = await screen.findByRole('combobox', { name: 'Search and commands' });
  for (const word of ['invite somebody', 'credentials', 'import']) {
    fireEvent.change(input, { target: { value: word } });
    await expect.poll(() => screen.queryByText(`Nothing matches “${word}”.`)).not.toBeNull();
  }
});

test('shows the shortcuts, and no longer after Escape', async () => {
  const { user } = open();
  await user.keyboard('?');
  const sheet = await screen.findByRole('dialog', { name: /shortcuts/i });
  expect(within(sheet).getByText('Search and commands')).toBeTruthy();
  await user.keyboard('{Escape}');
  await expect.poll(() => screen.queryByRole('dialog')).toBeNull();
});

test('switches to another workspace, and makes a new one', async () => {
  api.on(switchWorkspace, other);
  api.refuse(createWorkspace, 'too_many_requests', 'You made many today.');
  const { user } = open();
  await user.click(screen.getByRole('button', { name: /Acme/ }));
  await user.click(await screen.findByRole('menuitemradio', { name: 'Other' }));
  await expect.poll(() => api.asked(switchWorkspace)).toMatchObject([{ params: { id: 'w2' } }]);
  await user.click(screen.getByRole('button', { name: /Acme/ }));
  await user.click(await screen.findByRole('menuitem', { name: /New workspace/ }));
  const dialog = within(await screen.findByRole('dialog', { name: 'New workspace' }));
  await user.type(dialog.getByRole('textbox', { name: 'Name' }), ' Lab {Enter}');
  expect(await dialog.findByText('You made many today.')).toBeTruthy();
  expect(api.asked(createWorkspace)[0]?.body).toEqual({ name: 'Lab' });
});

test('signs out, and says when that failed', async () => {
  let asked = 0;
  api.raw('POST /api/auth/sign-out', () => {
    asked += 1;
    return new Response('', { status: 500 });
  });
  const { user } = open();
  await user.click(screen.getByRole('button', { name: /Ada Lovelace/ }));
  await user.click(await screen.findByRole('menuitem', { name: 'Sign out' }));
  expect(await screen.findByText('You are still signed in')).toBeTruthy();
  expect(asked).toBe(1);
});

test('fetches again what a hint says has changed, once for many hints', async () => {
  api.on(listAgents, { items: [agent] });
  open();
  expect(await screen.findByRole('link', { name: 'Analyst' })).toBeTruthy();
  const before = api.asked(listAgents).length;
  api.on(listAgents, { items: [{ ...agent, name: 'Renamed' }] });
  const hint = { workspaceId: 'w', kind: 'agent' as const, id: idOf(1) };
  act(() => {
    for (let n = 0; n < 5; n += 1) realtime.tell('workspace.changed', hint);
  });
  expect(await screen.findByRole('link', { name: 'Renamed' }, { timeout: 3_000 })).toBeTruthy();
  expect(api.asked(listAgents).length).toBe(before + 1);
});

test('fetches again what changed between the loading of the page and its join', async () => {
  api.on(listAgents, { items: [agent] });
  realtime.on('workspace.join', { ok: true, workspaceId: 'w', changed: ['agent'] });
  open();
  api.on(listAgents, { items: [{ ...agent, name: 'Renamed' }] });
  expect(await screen.findByRole('link', { name: 'Renamed' }, { timeout: 3_000 })).toBeTruthy();
  const [joined] = realtime.sent('workspace.join');
  // From the beginning of the page, to the millisecond or one later.
  expect(joined?.ageMs).toBeGreaterThan(0);
  expect(joined?.ageMs).toBeLessThanOrEqual(Math.ceil(performance.now()));
});

test('joins again when the server did not answer, and asks for the whole time', async () => {
  api.on(listAgents, { items: [agent] });
  const error = { code: 'unavailable', message: 'No answer came in time.' } as const;
  realtime.on('workspace.join', { ok: false, error });
  open();
  await waitFor(() => expect(realtime.sent('workspace.join')).toHaveLength(1));
  realtime.on('workspace.join', { ok: true, workspaceId: 'w', changed: [] });
  await waitFor(() => expect(realtime.sent('workspace.join')).toHaveLength(2), { timeout: 3_000 });
  const [first, second] = realtime.sent('workspace.join');
  expect(second?.ageMs).toBeGreaterThan(first?.ageMs ?? 0);
});

test('fetches what changed meanwhile after the connection came back', async () => {
  api.on(listAgents, { items: [agent] });
  const { visited } = open();
  expect(await screen.findByRole('link', { name: 'Analyst' })).toBeTruthy();
  api.on(listAgents, { items: [] });
  realtime.on('workspace.join', { ok: true, workspaceId: 'w', changed: ['agent', 'member'] });
  act(() => realtime.disconnect());
  act(() => realtime.connect());
  expect(await screen.findByText('No agents yet', {}, { timeout: 3_000 })).toBeTruthy();
  expect(visited).toContain('refresh');
});

test('the sidebar says how many messages are new', async () => {
  api.on(countNewMessages, { new: 3 });
  open();
  expect(await screen.findByRole('link', { name: 'Messages, 3 new' })).toBeTruthy();
});
