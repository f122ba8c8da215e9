import { screen, within } from '@testing-library/react';
import { beforeEach, expect, test } from 'vitest';
import { api } from '@/components/testing/api';
import { idOf, sampleOf } from '@/components/testing/sample';
import { show } from '@/components/testing/show';
import { deleteWorkflow, listWorkflows, workflowSummarySchema } from '@/lib/workflows/contract';
import {
  addFavourite,
  listLabels,
  moveFolder,
  organiseWorkflow,
} from '@/lib/workflows/organise/contract';
import { WorkflowList } from './workflow-list';

const workflow = (number: number, name: string, more: object = {}) =>
  sampleOf(workflowSummarySchema, { id: idOf(number), name, ...more });
const report = workflow(1, 'Report', { folder: 'Sales/Reports', tags: ['Q3', 'Urgent'] });
const leads = workflow(2, 'Leads', { folder: 'Sales' });
const loose = workflow(3, 'Loose', { favourite: true });
const labels = {
  all: 3,
  favourites: 1,
  folders: [
    { path: 'Sales', count: 1 },
    { path: 'Sales/Reports', count: 1 },
  ],
  tags: [
    { name: 'Q3', count: 1 },
    { name: 'Urgent', count: 1 },
  ],
};

beforeEach(() => {
  history.replaceState(null, '', '/workflows');
  api.usually(listLabels, labels);
  api.on(listWorkflows, ({ query }) => {
    if (query.favourite === 'true') return { items: [loose] };
    if (query.folder === 'Sales/Reports') return { items: [report] };
    if (query.folder === 'Sales') return { items: [report, leads] };
    if (query.tag !== undefined) return { items: [] };
    return { items: [report, leads, loose] };
  });
});

const side = () => within(screen.getByRole('navigation', { name: 'Folders and tags' }));
const rows = () =>
  within(screen.getByRole('list', { name: 'Workflows' }))
    .getAllByRole('link')
    .map((link) => link.textContent);
const last = () => api.asked(listWorkflows).at(-1)?.query;

test('shows a folder with what is below it, the way back, and its address', async () => {
  const { user } = show(<WorkflowList />);
  await user.click(await side().findByRole('button', { name: /^Sales 2$/ }));
  await expect.poll(rows).toEqual(['Report', 'Leads']);
  expect(location.search).toBe('?folder=Sales');
  await user.click(side().getByRole('button', { name: /^Reports 1$/ }));
  await expect.poll(rows).toEqual(['Report']);
  const line = within(screen.getByRole('navigation', { name: 'Shown part' }));
  await user.click(line.getByRole('button', { name: 'Sales' }));
  await expect.poll(rows).toEqual(['Report', 'Leads']);
  await user.click(line.getByRole('button', { name: 'Show all workflows' }));
  await expect.poll(rows).toEqual(['Report', 'Leads', 'Loose']);
  expect(location.search).toBe('');
});

test('opens what the address says, and sorts', async () => {
  const { user } = show(<WorkflowList />, { path: '/workflows?tag=Q3&sort=name' });
  expect(await screen.findByText('Nothing is here any more')).toBeTruthy();
  expect(last()).toMatchObject({ tag: 'Q3', sort: 'name' });
  await user.click(screen.getByRole('button', { name: 'Sort: Name' }));
  await user.click(screen.getByRole('menuitemradio', { name: 'Newest' }));
  await expect.poll(last).toMatchObject({ tag: 'Q3', sort: 'created' });
});

test('shows what has the tag of a row, and the favourites', async () => {
  const { user } = show(<WorkflowList />);
  await user.click(await screen.findByRole('button', { name: 'Urgent' }));
  await expect.poll(last).toMatchObject({ tag: 'Urgent' });
  await user.click(side().getByRole('button', { name: /^Favourites/ }));
  await expect.poll(rows).toEqual(['Loose']);
});

test('a star shows at once, and stays away when the server refuses it', async () => {
  const { user } = show(<WorkflowList />);
  api.refuse(addFavourite, 'unavailable', 'Not now.');
  await user.click(await screen.findByRole('button', { name: 'Add Leads to favourites' }));
  expect(await screen.findByText('Not now.')).toBeTruthy();
  api.on(addFavourite, { id: idOf(2), favourite: true });
  await user.click(screen.getByRole('button', { name: 'Add Leads to favourites' }));
  await expect.poll(() => api.asked(addFavourite)).toHaveLength(2);
});

test('several are chosen by keyboard, moved to a new folder, and the rest is told', async () => {
  const { user } = show(<WorkflowList />);
  const first = await screen.findByRole('checkbox', { name: 'Select Report' });
  first.focus();
  await user.keyboard(' ');
  await user.click(screen.getByRole('checkbox', { name: 'Select Loose' }));
  expect(screen.getByText('2 selected')).toBeTruthy();
  await user.click(screen.getByRole('button', { name: 'Move…' }));
  const dialog = within(await screen.findByRole('dialog', { name: /^Move 2 workflows/ }));
  api.refuse(organiseWorkflow, 'conflict', 'Somebody was first.');
  await user.type(dialog.getByRole('textbox', { name: 'Folder' }), 'Ops{Enter}');
  expect(await screen.findByText('2 workflows could not be changed')).toBeTruthy();
  expect(screen.getByText('Somebody was first.')).toBeTruthy();
  api.on(organiseWorkflow, ({ params }) => ({ id: params.id, folder: 'Ops', tags: [] }));
  await user.click(dialog.getByRole('button', { name: 'New folder “Ops”' }));
  expect(await screen.findByText('2 workflows moved to “Ops”')).toBeTruthy();
  expect(api.asked(organiseWorkflow).map(({ body }) => body)).toEqual(
    Array.from({ length: 4 }, () => ({ folder: 'Ops' })),
  );
  await expect.poll(() => screen.queryByText('2 selected')).toBeNull();
});

test('tags are added to several, and taken away where some have them', async () => {
  const { user } = show(<WorkflowList />);
  await user.click(await screen.findByRole('checkbox', { name: 'Select Report' }));
  await user.click(screen.getByRole('checkbox', { name: 'Select Leads' }));
  await user.click(screen.getByRole('button', { name: 'Tags…' }));
  const dialog = within(await screen.findByRole('dialog', { name: /^Tags of 2 workflows/ }));
  const mixed = await dialog.findByRole('button', { name: 'Q3' });
  expect(mixed.getAttribute('aria-pressed')).toBe('mixed');
  await user.click(mixed);
  expect(mixed.getAttribute('aria-pressed')).toBe('true');
  await user.click(mixed);
  await user.type(dialog.getByRole('textbox', { name: 'New tag' }), 'Later{Enter}');
  api.on(organiseWorkflow, ({ params }) => ({ id: params.id, folder: '', tags: [] }));
  await user.click(dialog.getByRole('button', { name: 'Save tags' }));
  expect(await screen.findByText('2 workflows tagged')).toBeTruthy();
  expect(api.asked(organiseWorkflow)[0]?.body).toEqual({ addTags: ['Later'], removeTags: ['Q3'] });
});

test('several go to the trash after asking, and Escape chooses none', async () => {
  const { user } = show(<WorkflowList />);
  await user.click(await screen.findByRole('checkbox', { name: 'Select Report' }));
  await user.keyboard('{Escape}');
  expect(screen.queryByRole('region', { name: 'Selection' })).toBeNull();
  await user.click(screen.getByRole('checkbox', { name: 'Select Report' }));
  await user.keyboard('{Shift>}');
  await user.click(screen.getByRole('checkbox', { name: 'Select Loose' }));
  await user.keyboard('{/Shift}');
  expect(screen.getByText('3 selected')).toBeTruthy();
  await user.click(screen.getByRole('button', { name: 'Move to trash…' }));
  const dialog = within(await screen.findByRole('alertdialog'));
  api.on(deleteWorkflow, ({ params }) => ({ id: params.id }));
  await user.click(dialog.getByRole('button', { name: 'Move to trash' }));
  expect(await screen.findByText('3 workflows moved to the trash')).toBeTruthy();
});

test('a folder is renamed with all that is in it', async () => {
  const { user } = show(<WorkflowList />);
  await user.click(await side().findByRole('button', { name: 'More for the folder Sales' }));
  await user.click(screen.getByRole('menuitem', { name: /Rename or move/ }));
  const field = await screen.findByRole('textbox', { name: 'Path' });
  await user.clear(field);
  expect(screen.getByText('enter a name')).toBeTruthy();
  api.on(moveFolder, { folder: 'Selling', moved: 2 });
  await user.type(field, 'Selling{Enter}');
  expect(await screen.findByText('The folder is called “Selling” now')).toBeTruthy();
  expect(api.asked(moveFolder)[0]?.body).toEqual({ from: 'Sales', to: 'Selling' });
});

test('viewers may choose, star and export, and change nothing', async () => {
  const { user } = show(<WorkflowList />, { role: 'viewer' });
  await user.click(await screen.findByRole('checkbox', { name: 'Select Report' }));
  const bar = within(screen.getByRole('region', { name: 'Selection' }));
  expect(bar.getAllByRole('button').map((button) => button.textContent?.trim())).toEqual([
    'Export',
    '',
  ]);
});
