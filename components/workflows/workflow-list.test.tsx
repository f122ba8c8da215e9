import { fireEvent, screen, within } from '@testing-library/react';
import { beforeEach, expect, test } from 'vitest';
import { api } from '@/components/testing/api';
import { idOf, sampleOf } from '@/components/testing/sample';
import { show } from '@/components/testing/show';
import {
  createWorkflow,
  deleteWorkflow,
  duplicateWorkflow,
  listWorkflows,
  workflowSummarySchema,
} from '@/lib/workflows/contract';
import { listLabels } from '@/lib/workflows/organise/contract';
import { restoreWorkflow } from '@/lib/workflows/trash-contract';
import { WorkflowList } from './workflow-list';

const noLabels = { all: 1, favourites: 0, folders: [], tags: [] };
const invoices = sampleOf(workflowSummarySchema, {
  id: idOf(1),
  name: 'Invoices',
  description: 'Reads them',
  nodeCount: 3,
  liveVersion: 4,
});
const draft = {
  ...invoices,
  id: idOf(2),
  name: 'Idea',
  description: '',
  nodeCount: 1,
  liveVersion: null,
};

beforeEach(() => {
  api.usually(listLabels, noLabels);
});

test('lists workflows, searches them, and loads more', async () => {
  api.on(listWorkflows, ({ query }) => {
    if (query.q === 'zebra') return { items: [] };
    return query.cursor ? { items: [draft] } : { items: [invoices], nextCursor: 'n' };
  });
  const { user } = show(<WorkflowList />);
  expect(await screen.findByText('3 steps · Reads them')).toBeTruthy();
  expect(screen.getByText('Live v4')).toBeTruthy();
  await user.click(screen.getByRole('button', { name: 'Load more' }));
  expect(await screen.findByText('Draft')).toBeTruthy();
  expect(screen.getByText('1 step')).toBeTruthy();
  await user.type(screen.getByRole('searchbox', { name: 'Search workflows' }), 'zebra');
  expect(await screen.findByText('No workflow matches “zebra”')).toBeTruthy();
});

test('offers files to take along, and deletes after asking', async () => {
  api.on(listWorkflows, { items: [invoices] });
  api.on(deleteWorkflow, { id: idOf(1) });
  const { user } = show(<WorkflowList />);
  await user.click(await screen.findByRole('button', { name: 'More for Invoices' }));
  const items = screen.getAllByRole('menuitem');
  expect(items.map((item) => item.getAttribute('href'))).toEqual([
    `/workflows/${idOf(1)}`,
    `/runs?workflowId=${idOf(1)}`,
    ...[null, null, null],
    `/api/v2/workflows/${idOf(1)}/export?format=json`,
    `/api/v2/workflows/${idOf(1)}/export?format=yaml`,
    null,
  ]);
  await user.click(screen.getByRole('menuitem', { name: /Move to trash/ }));
  expect(api.asked(deleteWorkflow)).toEqual([]);
  expect(await screen.findByText(/Runs that are going continue/)).toBeTruthy();
  api.on(listWorkflows, { items: [] });
  await user.click(await screen.findByRole('button', { name: 'Move to trash' }));
  expect(await screen.findByText('“Invoices” was moved to the trash')).toBeTruthy();
  expect(await screen.findByText('No workflows yet')).toBeTruthy();
  api.on(restoreWorkflow, { id: idOf(1), name: 'Invoices' });
  api.on(listWorkflows, { items: [invoices] });
  await user.click(screen.getByRole('button', { name: 'Undo' }));
  expect(await screen.findByRole('link', { name: 'Invoices' })).toBeTruthy();
});

test('duplicates at once, and offers the copy', async () => {
  api.on(listWorkflows, { items: [invoices] });
  api.on(duplicateWorkflow, { id: idOf(9), name: 'Copy of Invoices', problems: [] });
  const { user, visited } = show(<WorkflowList />);
  await user.click(await screen.findByRole('button', { name: 'More for Invoices' }));
  await user.click(screen.getByRole('menuitem', { name: 'Duplicate' }));
  expect(await screen.findByText('“Invoices” was duplicated')).toBeTruthy();
  expect(api.asked(duplicateWorkflow)).toMatchObject([{ params: { id: idOf(1) } }]);
  expect(visited).toEqual([]);
  await user.click(screen.getByRole('button', { name: 'Open' }));
  expect(visited).toEqual([`/workflows/${idOf(9)}`]);
});

test('offers viewers nothing that changes anything', async () => {
  api.on(listWorkflows, { items: [invoices] });
  const { user } = show(<WorkflowList />, { role: 'viewer' });
  await user.click(await screen.findByRole('button', { name: 'More for Invoices' }));
  expect(screen.queryByRole('menuitem', { name: /trash/ })).toBeNull();
  expect(screen.queryByRole('menuitem', { name: 'Duplicate' })).toBeNull();
  expect(screen.queryByRole('button', { name: /New workflow/ })).toBeNull();
});

test('imports a pasted text as what it is, and shows mistakes by line', async () => {
  api.refuse(createWorkflow, 'invalid_input', 'The file has mistakes.', {
    issues: [{ path: ['nodes', 0], line: 2, message: 'This type does not exist.' }],
  });
  const { user, visited } = show(<WorkflowList />, { path: '/workflows?import' });
  const dialog = within(await screen.findByRole('dialog', { name: 'Import a workflow' }));
  const send = dialog.getByRole<HTMLButtonElement>('button', { name: 'Import' });
  expect(send.disabled).toBe(true);
  await user.click(dialog.getByRole('textbox', { name: 'Or paste it' }));
  await user.paste('name: Hello\nnodes: odd');
  await user.click(send);
  expect(await dialog.findByText(/was not imported. Nothing was changed/)).toBeTruthy();
  expect(dialog.getByText(/This type does not exist/)).toBeTruthy();
  api.on(createWorkflow, { id: idOf(5), name: 'Hello', problems: [] });
  await user.click(send);
  expect(await screen.findByText('“Hello” was imported')).toBeTruthy();
  expect(visited).toEqual([`/workflows/${idOf(5)}`]);
  const [first] = api.asked(createWorkflow);
  expect(first?.headers.get('content-type')).toBe('application/yaml');
  expect(first?.body).toBe('name: Hello\nnodes: odd');
});

test('takes a file that is dropped on the list, and none that is too large', async () => {
  api.on(listWorkflows, { items: [invoices] });
  api.on(createWorkflow, { id: idOf(5), name: 'Hello', problems: [] });
  const { visited } = show(<WorkflowList />);
  const list = await screen.findByRole('list', { name: /Workflows/ });
  const large = new File(['x'.repeat(2 * 1_048_576 + 1)], 'large.json');
  fireEvent.drop(list, { dataTransfer: { files: [large], types: ['Files'] } });
  expect(await screen.findByText('The file is larger than 2 MiB.')).toBeTruthy();
  const file = new File(['{"name":"Hello"}'], 'hello.json');
  fireEvent.dragOver(list, { dataTransfer: { files: [file], types: ['Files'] } });
  expect(screen.getByText('Drop to import')).toBeTruthy();
  fireEvent.drop(list, { dataTransfer: { files: [file], types: ['Files'] } });
  await expect.poll(() => visited).toEqual([`/workflows/${idOf(5)}`]);
  expect(api.asked(createWorkflow)).toHaveLength(1);
});

test('makes a blank workflow, or goes to the templates', async () => {
  api.on(createWorkflow, { id: idOf(6), name: 'Untitled workflow', problems: [] });
  const { user, visited } = show(<WorkflowList />);
  await user.click(await screen.findByRole('button', { name: /New workflow/ }));
  await user.click(screen.getByRole('menuitem', { name: /From a template/ }));
  await user.click(screen.getByRole('button', { name: /New workflow/ }));
  await user.click(screen.getByRole('menuitem', { name: 'Blank' }));
  await expect.poll(() => visited).toEqual(['/workflows/templates', `/workflows/${idOf(6)}`]);
});
