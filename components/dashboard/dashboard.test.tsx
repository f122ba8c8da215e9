import { screen, within } from '@testing-library/react';
import { expect, test } from 'vitest';
import { api } from '@/components/testing/api';
import { idOf, sampleOf } from '@/components/testing/sample';
import { show } from '@/components/testing/show';
import { listAgents } from '@/lib/agents/contract';
import { agentSchema } from '@/lib/agents/schema';
import { listProviders, providerViewSchema } from '@/lib/models/contract';
import { listMembers, memberSchema } from '@/lib/people/contract';
import { failuresByWorkflow, listRuns, runSummarySchema, startRun } from '@/lib/runs/contract';
import { spendingByDay } from '@/lib/spending/contract';
import { createWorkflow, listWorkflows, workflowSummarySchema } from '@/lib/workflows/contract';
import { Dashboard } from './dashboard';

const now = () => new Date().toISOString();
const workflow = sampleOf(workflowSummarySchema, { id: idOf(1), name: 'Invoices', liveVersion: 2 });
const done = () =>
  sampleOf(runSummarySchema, {
    ...{ id: idOf(2), workflowId: idOf(1), workflowName: 'Invoices', status: 'succeeded' },
    ...{ createdAt: now(), startedAt: now(), finishedAt: now() },
    usage: { inputTokens: 1, outputTokens: 1, costUsd: 0.5 },
  });
const failed = () => ({
  ...done(),
  id: idOf(3),
  status: 'failed' as const,
  workflowName: 'Reports',
  workflowId: idOf(9),
  error: { code: 'failed', message: 'No such file', retryable: false },
});
const going = () => ({ ...done(), id: idOf(4), status: 'running' as const, finishedAt: null });

test('shows figures of the week, what goes on, and what failed', async () => {
  api.on(listRuns, { items: [done(), failed(), going()] });
  api.on(listWorkflows, { items: [workflow] });
  api.on(listAgents, {
    items: [sampleOf(agentSchema, { id: idOf(5), name: 'Analyst', handle: 'analyst' })],
  });
  show(<Dashboard />);
  const needs = await screen.findByRole('list', { name: 'Needs attention' });
  expect(within(needs).getByRole('link', { name: 'Reports' }).getAttribute('href')).toBe(
    `/runs/${idOf(3)}`,
  );
  expect(within(needs).getByText('No such file')).toBeTruthy();
  const running = screen.getByRole('list', { name: 'Running now' });
  expect(within(running).getByRole('link', { name: 'Invoices' })).toBeTruthy();
  const figures = screen.getByRole('region', { name: 'The last seven days' });
  expect(figures.textContent).toContain('50.0 %');
  expect(figures.textContent).toContain('3');
  expect(await screen.findByRole('link', { name: 'Analyst' })).toBeTruthy();
  expect(
    within(await screen.findByRole('list', { name: 'Workflows' })).getByText('Live v2'),
  ).toBeTruthy();
  expect(screen.getByText(/, Ada$/)).toBeTruthy();
});

test('guides an admin through the first session until they put it away', async () => {
  api.on(listProviders, {
    items: [sampleOf(providerViewSchema, { provider: 'rehearsal', state: 'ready' })],
  });
  api.on(listMembers, { items: [sampleOf(memberSchema, { userId: 'ada' })] });
  api.on(listWorkflows, { items: [workflow] });
  api.on(startRun, { id: idOf(7), status: 'queued' });
  const { user, visited } = show(<Dashboard />, { role: 'owner', actor: { workspaceId: 'first' } });
  expect(await screen.findAllByRole('img', { name: 'To do' })).toHaveLength(4);
  await user.click(await screen.findByRole('button', { name: 'Rehearse it now' }));
  await expect.poll(() => visited).toEqual([`/runs/${idOf(7)}`]);
  expect(api.asked(startRun)[0]).toMatchObject({
    params: { id: idOf(1) },
    body: { mode: 'rehearsal' },
  });
  const guide = screen.getByText('Run the sample workflow').closest('section');
  await user.click(within(guide as HTMLElement).getAllByRole('button')[0] as HTMLElement);
  expect(screen.queryByText('Run the sample workflow')).toBeNull();
});

test('offers each role what it may begin', async () => {
  const { unmount } = show(<Dashboard />, { role: 'viewer' });
  expect(await screen.findByText('No workflows yet')).toBeTruthy();
  expect(screen.queryByRole('link', { name: 'New agent' })).toBeNull();
  expect(screen.queryByRole('button', { name: 'Create a workflow' })).toBeNull();
  unmount();
  api.on(createWorkflow, { id: idOf(8), name: 'Untitled workflow', problems: [] });
  const { user, visited } = show(<Dashboard />, { role: 'editor' });
  expect(await screen.findByRole('link', { name: 'New agent' })).toBeTruthy();
  expect(screen.queryByRole('link', { name: 'Invite a teammate' })).toBeNull();
  await user.click(await screen.findByRole('button', { name: 'Create a workflow' }));
  await expect.poll(() => visited).toEqual([`/workflows/${idOf(8)}`]);
});

test('says which part could not be loaded', async () => {
  api.refuse(listRuns, 'forbidden', 'Not yours.');
  api.refuse(listWorkflows, 'forbidden', 'Not these.');
  api.refuse(listAgents, 'forbidden', 'Nor those.');
  show(<Dashboard />);
  expect(await screen.findByText('The runs could not be loaded')).toBeTruthy();
  expect(await screen.findByText('The workflows could not be loaded')).toBeTruthy();
  expect(await screen.findByText('The agents could not be loaded')).toBeTruthy();
});

test('shows spend by day and failures by workflow, and what could not be loaded', async () => {
  api.on(spendingByDay, {
    items: [
      { day: '2026-11-29', calls: 0, costUsd: 0 },
      { day: '2026-11-30', calls: 3, costUsd: 1.25 },
    ],
  });
  api.on(failuresByWorkflow, {
    items: [{ workflow: { id: idOf(1), name: 'Invoices' }, failed: 3, ended: 7 }],
  });
  const { unmount } = show(<Dashboard />);
  const days = await screen.findByRole('list', { name: 'Spend by day' });
  expect(within(days).getByText('30 Nov: $1.25')).toBeTruthy();
  expect(screen.getByText('3 model calls')).toBeTruthy();
  const failures = await screen.findByRole('list', { name: 'Failures by workflow' });
  expect(failures.textContent).toContain('3 of 7');
  expect(within(failures).getByRole('link').getAttribute('href')).toBe(
    `/runs?status=failed&workflowId=${idOf(1)}`,
  );
  unmount();
  api.refuse(spendingByDay, 'forbidden', 'Not yours.');
  api.refuse(failuresByWorkflow, 'forbidden', 'Nor these.');
  show(<Dashboard />);
  expect(await screen.findByText('The spending could not be loaded')).toBeTruthy();
  expect(await screen.findByText('The failures could not be loaded')).toBeTruthy();
});

test('draws no part before it is known which ones there are', async () => {
  api.hold(listWorkflows);
  show(<Dashboard />);
  expect(await screen.findByRole('status', { name: 'Loading dashboard' })).toBeTruthy();
  expect(screen.queryByRole('region', { name: 'Workflows' })).toBeNull();
  expect(screen.queryByRole('region', { name: 'Waiting for you' })).toBeNull();
});
