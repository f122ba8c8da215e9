import { screen, within } from '@testing-library/react';
import { expect, test } from 'vitest';
import { api } from '@/components/testing/api';
import { chooseStep, openEditor } from '@/components/testing/editor';
import { idOf, sampleOf } from '@/components/testing/sample';
import { listRuns, runSummarySchema, startRun } from '@/lib/runs/contract';
import { definitionSchema } from '@/lib/workflows/schema';

const runId = idOf(78);
const definition = definitionSchema.parse({
  name: 'Orders',
  nodes: [
    {
      ...{ id: 'read', key: 'read', type: 'transform', name: 'Read orders' },
      ...{ config: { expression: '[1]' }, position: { x: 0, y: 0 } },
    },
    {
      ...{ id: 'sum', key: 'sum', type: 'transform', name: 'Sum' },
      ...{ config: { expression: 'steps.read.output.size()' }, position: { x: 300, y: 0 } },
    },
    {
      ...{ id: 'call', key: 'call', type: 'http', name: 'Call' },
      ...{ config: { url: 'https://example.com', method: 'GET' }, position: { x: 600, y: 0 } },
    },
    {
      ...{ id: 'new', key: 'new', type: 'transform', name: 'New' },
      ...{ config: { expression: '' }, position: { x: 900, y: 0 } },
    },
  ],
  edges: [
    { id: 'a', source: 'read', target: 'sum' },
    { id: 'b', source: 'sum', target: 'call' },
  ],
});
const pinnedRead = definitionSchema.parse({
  ...definition,
  nodes: definition.nodes.map((node) =>
    node.id === 'read' ? { ...node, pinnedOutput: [1, 2, 3] } : node,
  ),
});
const press = async (user: Awaited<ReturnType<typeof openEditor>>['user'], name: RegExp | string) =>
  user.click(await screen.findByRole('button', { name }));

test('asks by their titles for values that nothing is known of, and runs the step on what is written', async () => {
  api.on(startRun, { id: runId, status: 'queued' });
  const { user, workflowId } = await openEditor(definition);
  chooseStep('sum');
  await press(user, 'Test step');
  const dialog = within(await screen.findByRole('dialog', { name: 'Test Sum' }));
  const value = within(dialog.getByRole('region', { name: 'Output of Read orders' }));
  expect(value.getByText(/not from a run|Not known yet/)).toBeTruthy();
  await user.click(dialog.getByRole('button', { name: 'Test step' }));
  await expect.poll(() => api.asked(startRun)).toHaveLength(1);
  expect(api.asked(startRun)[0]).toMatchObject({
    params: { id: workflowId },
    body: { only: 'sum', mode: 'live', outputs: { read: expect.anything() } },
  });
});

test('starts at once on values that are known; a real request is announced first', async () => {
  api.on(startRun, { id: runId, status: 'queued' });
  const { user } = await openEditor(pinnedRead);
  chooseStep('sum');
  await press(user, 'Test step');
  await expect.poll(() => api.asked(startRun)).toHaveLength(1);
  expect(api.asked(startRun)[0]?.body).toMatchObject({ outputs: { read: [1, 2, 3] } });
  chooseStep('call');
  await press(user, 'Test step');
  const dialog = within(await screen.findByRole('dialog', { name: 'Test Call' }));
  expect(dialog.getByText('This sends a real request.')).toBeTruthy();
  await user.click(dialog.getByRole('button', { name: 'Rehearse instead' }));
  await expect.poll(() => api.asked(startRun)).toHaveLength(2);
  expect(api.asked(startRun)[1]?.body).toMatchObject({ only: 'call', mode: 'rehearsal' });
});

test('says what is missing instead of starting, and shows nothing of it to viewers', async () => {
  const { user } = await openEditor(definition);
  chooseStep('new');
  await press(user, 'Test step');
  expect(await screen.findByText('Complete the settings first:')).toBeTruthy();
  expect(api.asked(startRun)).toHaveLength(0);
});

test('shows everybody the last test of a step: whose, and when', async () => {
  const draft = '2026-11-30T10:03:00.000Z';
  const last = sampleOf(runSummarySchema, {
    ...{ id: runId, status: 'failed', mode: 'live', draft, startedBy: 'Ana' },
    only: { id: 'sum', name: 'Sum' },
  });
  api.on(listRuns, ({ query }) => ({ items: query.only === 'sum' ? [last] : [] }));
  const { user } = await openEditor(definition, { role: 'viewer' });
  chooseStep('sum');
  await press(user, 'Show the test');
  expect(await screen.findByText('One step')).toBeTruthy();
  expect(screen.getByText(/draft, .*by Ana/)).toBeTruthy();
  expect(screen.queryByRole('button', { name: 'Test step' })).toBeNull();
});
