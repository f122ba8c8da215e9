import { act, screen, within } from '@testing-library/react';
import { beforeEach, expect, test } from 'vitest';
import { api } from '@/components/testing/api';
import { openRun } from '@/components/testing/run';
import { idOf, sampleOf } from '@/components/testing/sample';
import { show } from '@/components/testing/show';
import { realtime } from '@/components/testing/socket';
import { countNotifications, readNotifications } from '@/lib/notifications/contract';
import { listMembers, memberSchema } from '@/lib/people/contract';
import {
  answerStep,
  cancelRun,
  forkRun,
  getRun,
  listRuns,
  listStepChildren,
  pauseRun,
  runSummarySchema,
  startRun,
} from '@/lib/runs/contract';
import { templateDefinition } from '@/lib/templates/define-template';
import approval from '@/lib/templates/human-approval';
import {
  getWorkflow,
  listWorkflows,
  workflowSummarySchema,
  workflowViewSchema,
} from '@/lib/workflows/contract';
import { RunList } from './run-list';
import { RunPage } from './run-page';

const runId = idOf(7);
const definition = templateDefinition(approval);
const input = { customer: 'Jonas', amount: 240, reason: 'Broken' };

beforeEach(() => {
  api.on(countNotifications, { unread: 0 });
  api.usually(getWorkflow, sampleOf(workflowViewSchema, { liveVersion: 1 }));
});

const begin = () => openRun(runId, definition, { input });

test('follows a run step by step', async () => {
  const run = begin();
  show(<RunPage id={runId} />);
  expect(screen.getByRole('status', { name: 'Loading run' })).toBeTruthy();
  const timeline = within(await screen.findByRole('region', { name: 'Timeline' }));
  expect(timeline.getByText('Start')).toBeTruthy();
  run.succeed('start', input);
  expect((await screen.findAllByText('Check the policy')).length).toBeGreaterThan(0);
  run.fail('check', 'The model does not answer.');
  expect(await screen.findByText('The run failed')).toBeTruthy();
  expect(screen.getAllByText(/The model does not answer/).length).toBeGreaterThan(0);
});

test('shows a chosen step with its output, and the journal', async () => {
  const run = begin();
  run.succeed('start', input);
  const { user } = show(<RunPage id={runId} />, { path: `/runs/${runId}?step=start` });
  expect((await screen.findAllByText(/Jonas/)).length).toBeGreaterThan(0);
  await user.click(screen.getByRole('tab', { name: /Event log/ }));
  expect(await screen.findByText(/RunStarted|Run started/)).toBeTruthy();
  await user.click(screen.getByRole('tab', { name: 'Input' }));
  expect((await screen.findAllByText(/Broken/)).length).toBeGreaterThan(0);
});

test('asks a person, and sends the answer with its comment', async () => {
  const run = begin();
  run.succeed('start', input);
  run.succeed('check', { value: { covered: true, why: 'Damaged' } });
  run.succeed('size', {}, ['high']);
  const ask = { question: 'Refund 240.00 to Jonas?', details: '', fields: [], role: 'editor' };
  run.settle('ask', { ok: 'wait', wait: { kind: 'person', ask } });
  api.on(answerStep, { id: runId, status: 'running' });
  const { user } = show(<RunPage id={runId} />, { path: `/runs/${runId}?step=ask` });
  const box = await screen.findByRole('region', { name: 'Refund 240.00 to Jonas?' });
  await user.type(within(box).getByRole('textbox', { name: /Comment/ }), 'Fair enough');
  await user.click(within(box).getByRole('button', { name: 'Approve' }));
  await expect
    .poll(() => api.asked(answerStep))
    .toMatchObject([
      {
        params: { id: runId, stepId: 'ask' },
        body: { answer: { decision: 'approved', comment: 'Fair enough', values: {} } },
      },
    ]);
});

test('lets nobody answer below the role that was asked for', async () => {
  const run = begin();
  run.succeed('start', input);
  run.succeed('check', {});
  run.succeed('size', {}, ['high']);
  const ask = { question: 'Refund?', details: '', fields: [], role: 'editor' };
  run.settle('ask', { ok: 'wait', wait: { kind: 'person', ask } });
  show(<RunPage id={runId} />, { role: 'commenter', path: `/runs/${runId}?step=ask` });
  expect(
    await screen.findByText(/Only members with the role editor or a higher one may decide/),
  ).toBeTruthy();
  expect(screen.queryByRole('button', { name: 'Approve' })).toBeNull();
});

test('names who alone may decide, and lets them', async () => {
  const run = begin();
  run.succeed('start', input);
  run.succeed('check', {});
  run.succeed('size', {}, ['high']);
  const ask = (person: string) => ({
    ...{ question: 'Refund?', details: '', fields: [], role: 'editor' },
    ...{ people: [person], widened: false },
  });
  run.settle('ask', { ok: 'wait', wait: { kind: 'person', ask: ask('bob@example.com') } });
  const bob = { userId: 'bob', name: 'Bob', email: 'bob@example.com' };
  api.on(listMembers, { items: [sampleOf(memberSchema, bob)] });
  const { unmount } = show(<RunPage id={runId} />, { path: `/runs/${runId}?step=ask` });
  expect(await screen.findByText('Only Bob may decide.')).toBeTruthy();
  expect(screen.queryByRole('button', { name: 'Approve' })).toBeNull();
  unmount();
  const [actor, role] = [{ email: 'BOB@example.com' }, 'commenter' as const];
  show(<RunPage id={runId} />, { actor, role, path: `/runs/${runId}?step=ask` });
  expect(await screen.findByRole('button', { name: 'Approve' })).toBeTruthy();
});

test('cancels a run after asking, and runs it again when it is over', async () => {
  const run = begin();
  api.on(cancelRun, { id: runId, status: 'running' });
  const { user, visited } = show(<RunPage id={runId} />);
  await user.click(await screen.findByRole('button', { name: 'Cancel' }));
  await user.click(screen.getByRole('button', { name: 'Cancel run' }));
  await expect.poll(() => api.asked(cancelRun)).toHaveLength(1);
  run.ask({ type: 'cancel', by: 'ada' });
  api.on(startRun, { id: idOf(8), status: 'queued' });
  await user.click(await screen.findByRole('button', { name: /Run again/ }));
  await expect.poll(() => visited).toEqual([`/runs/${idOf(8)}`]);
  expect(api.asked(startRun)[0]).toMatchObject({
    params: { id: idOf(1) },
    body: { input, mode: 'live', version: 1 },
  });
});

test('what tells of a failed run is read once somebody looks at it', async () => {
  const run = begin();
  api.on(countNotifications, { unread: 2 });
  api.on(readNotifications, { read: 1 });
  show(<RunPage id={runId} />);
  run.succeed('start', input);
  expect((await screen.findAllByText('Check the policy')).length).toBeGreaterThan(0);
  expect(api.asked(readNotifications)).toEqual([]);
  run.fail('check', 'The model does not answer.');
  await expect.poll(() => api.asked(readNotifications)[0]?.body).toEqual({ runId });
});

test('pauses a run', async () => {
  begin();
  api.on(pauseRun, { id: runId, status: 'paused' });
  const { user } = show(<RunPage id={runId} />);
  await user.click(await screen.findByRole('button', { name: /Pause/ }));
  await expect.poll(() => api.asked(pauseRun)).toHaveLength(1);
});

test('says that a run is not there', async () => {
  api.refuse(getRun, 'not_found', 'There is no such run.');
  show(<RunPage id={runId} />);
  expect(await screen.findByText('Run not found')).toBeTruthy();
});

test('lists runs, filters them by the address, and loads more', async () => {
  const one = sampleOf(runSummarySchema, {
    id: idOf(1),
    workflowName: 'Invoices',
    status: 'failed',
    trigger: 'schedule',
    version: 3,
  });
  api.on(listWorkflows, {
    items: [sampleOf(workflowSummarySchema, { id: idOf(4), name: 'Invoices' })],
  });
  api.on(listRuns, ({ query }) =>
    query.cursor
      ? { items: [{ ...one, id: idOf(2), workflowName: 'Reports' }] }
      : { items: [one], nextCursor: 'next' },
  );
  const { user, visited } = show(<RunList />, { path: '/runs' });
  const table = within(await screen.findByRole('table', { name: 'Runs' }));
  expect(table.getByRole('link', { name: 'Invoices' }).getAttribute('href')).toBe(
    `/runs/${idOf(1)}`,
  );
  await user.click(screen.getByRole('button', { name: 'Load more' }));
  expect(await screen.findByRole('link', { name: 'Reports' })).toBeTruthy();
  expect(screen.queryByRole('button', { name: 'Load more' })).toBeNull();
  await user.click(screen.getByRole('combobox', { name: 'Status' }));
  api.on(listRuns, { items: [] });
  await user.click(screen.getByRole('option', { name: /Failed/ }));
  expect(await screen.findByText('No run matches these filters')).toBeTruthy();
  expect(visited).toEqual(['/runs?status=failed']);
  expect(api.asked(listRuns).at(-1)?.query).toMatchObject({ status: 'failed' });
  await user.click(screen.getByRole('button', { name: 'Clear' }));
  expect(visited.at(-1)).toBe('/runs');
});

test('ignores filters that the address cannot mean', async () => {
  show(<RunList />, { path: '/runs?status=odd&workflowId=1' });
  expect(await screen.findByText('No runs yet')).toBeTruthy();
  expect(api.asked(listRuns)[0]?.query).toEqual({ limit: 50 });
});

test('replays a failed run from where it failed, or with a changed step', async () => {
  const run = begin();
  run.succeed('start', input);
  run.fail('check', 'The model does not answer.');
  api.on(forkRun, { id: idOf(8), status: 'queued' });
  const { user, visited } = show(<RunPage id={runId} />);
  await user.click(await screen.findByRole('button', { name: /^Retry/ }));
  await expect.poll(() => visited).toEqual([`/runs/${idOf(8)}`]);
  expect(api.asked(forkRun)[0]?.params).toEqual({ id: runId });
  await user.click(screen.getByRole('button', { name: /^Replay/ }));
  const dialog = within(await screen.findByRole('dialog', { name: 'Replay with changes' }));
  await user.click(dialog.getByRole('button', { name: 'Change Check the policy' }));
  expect(dialog.getByText('1 step changed')).toBeTruthy();
  await user.click(dialog.getByRole('button', { name: 'Undo change to Check the policy' }));
  await user.click(dialog.getByRole('switch', { name: 'Change input' }));
  await user.click(dialog.getByRole('button', { name: 'Start replay' }));
  await expect.poll(() => api.asked(forkRun)).toHaveLength(2);
  expect(api.asked(forkRun)[1]?.body).toMatchObject({ version: 'same', input, settings: {} });
});

test('goes on with the version that is live by now, and still offers the one that ran', async () => {
  const run = begin();
  run.succeed('start', input);
  run.fail('check', 'The model does not answer.');
  api.on(getWorkflow, sampleOf(workflowViewSchema, { liveVersion: 2 }));
  api.on(forkRun, { id: idOf(8), status: 'queued' });
  const { user } = show(<RunPage id={runId} />);
  await user.click(await screen.findByRole('button', { name: 'Retry with v2' }));
  await user.click(screen.getByRole('button', { name: 'Choose what runs' }));
  await user.click(await screen.findByRole('menuitem', { name: 'Retry with v1' }));
  await expect.poll(() => api.asked(forkRun)).toHaveLength(2);
  expect(api.asked(forkRun).map(({ body }) => body?.version)).toEqual(['current', 'same']);
});

test('shows the runs that a step started, and filters them', async () => {
  const run = begin();
  run.succeed('start', input);
  const children = {
    of: { kind: 'body' as const },
    ...{ inputs: [1, 2], concurrency: 1, failFast: false, round: 0 },
  };
  run.settle('check', { ok: 'wait', wait: { kind: 'children', children } });
  const child = sampleOf(listStepChildren.result, {
    total: 2,
    counts: { succeeded: 1, running: 1 },
    items: [
      {
        ...{ id: idOf(21), round: 0, index: 0, status: 'succeeded', item: '"first"' },
        ...{ startedAt: null, finishedAt: null, costUsd: 0 },
      },
    ],
  });
  api.on(listStepChildren, child);
  show(<RunPage id={runId} />, { path: `/runs/${runId}?step=check` });
  expect((await screen.findAllByText(/first/)).length).toBeGreaterThan(0);
});

test('says when the live connection is away, and goes on when it is back', async () => {
  const run = begin();
  show(<RunPage id={runId} />);
  await screen.findByRole('region', { name: 'Timeline' });
  act(() => realtime.disconnect());
  run.succeed('start', input);
  act(() => realtime.connect());
  expect((await screen.findAllByRole('img', { name: /Running/i })).length).toBeGreaterThan(0);
});
