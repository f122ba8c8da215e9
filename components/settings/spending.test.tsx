import { screen, within } from '@testing-library/react';
import { beforeEach, expect, test } from 'vitest';
import { api } from '@/components/testing/api';
import { sampleMoment } from '@/components/testing/sample';
import { show } from '@/components/testing/show';
import {
  type Budget,
  clearAnswerCache,
  createBudget,
  deleteBudget,
  getBudget,
  type ListedCall,
  listBudgets,
  listCalls,
  showAnswerCache,
  updateBudget,
} from '@/lib/spending/contract';
import { spendingBySubject } from '@/lib/spending/figures-contract';
import { Spending } from './spending';

const budget: Budget = {
  id: '7d3c4f0e-5f0b-4e0e-9b57-2f8f6f1f0a11',
  ...{ scope: 'person', scopeId: null, scopeName: 'Each person', window: 'day', timeZone: 'UTC' },
  ...{ capUsd: '5', softAt: 80, onBreach: 'ask', spentUsd: '4.5', heldUsd: '0.25' },
  ...{ createdAt: sampleMoment, updatedAt: sampleMoment },
};
const call: ListedCall = {
  id: '00000000-0000-4000-8000-000000000001',
  runId: '00000000-0000-4000-8000-000000000002',
  rootRunId: '00000000-0000-4000-8000-000000000002',
  ...{ workflowId: null, version: null, stepId: 'a', nodeId: 'a', attempt: 1, agentId: null },
  ...{ personId: null, mode: 'live', provider: 'openai', model: 'gpt-6-luna', state: 'settled' },
  decision: {
    policy: 'auto',
    reason: 'It is the cheapest.',
    candidates: [
      { provider: 'openai', model: 'gpt-6-luna' },
      { provider: 'openai', model: 'gpt-6-sol', why: 'It costs more.' },
    ],
  },
  ...{ heldUsd: '0', costUsd: '0.0123', priceList: '2026-10', inputTokens: 10, outputTokens: 20 },
  ...{ cacheReadTokens: 8, cacheWriteTokens: 0, reasoningTokens: 12 },
  ...{ maxTokens: null, estimated: false, finish: 'stop', errorCode: null, outputBytes: 80 },
  ...{ answerCache: null, cachedFrom: null, context: null },
  ...{ startedAt: sampleMoment, firstPartMs: 100, durationMs: 900 },
  names: { workflow: null, run: null, step: null, agent: null, person: null },
};
const figures = {
  ...{ calls: 3, costUsd: '0.75', unpriced: 1, restUsd: '0' },
  days: [
    { day: '2026-11-29', calls: 0, costUsd: '0' },
    { day: '2026-11-30', calls: 3, costUsd: '0.75' },
  ],
  groups: [
    { id: call.runId, name: 'Report', calls: 2, costUsd: '0.5' },
    { id: null, name: null, calls: 1, costUsd: '0.25' },
  ],
};

const noCache = {
  ...{ days: 30, calls: 0, hits: 0, savedUsd: '0', kept: 0 },
  ...{ inputTokens: 0, providerCacheTokens: 0 },
};
beforeEach(() => {
  api.on(showAnswerCache, noCache);
  api.on(spendingBySubject, figures);
});

test('sums costs by subject, and shows the calls of one of them alone', async () => {
  api.on(listBudgets, { items: [] });
  const names = {
    workflow: 'Report',
    run: 'Report',
    step: 'Write',
    agent: 'Writer',
    person: 'Ada',
  };
  const named = { ...call, workflowId: call.runId, agentId: call.id, names };
  api.on(listCalls, { items: [named] });
  const { user } = show(<Spending />, { role: 'admin' });
  const costs = within(await screen.findByRole('region', { name: 'Costs' }));
  expect(await costs.findByText('3 model calls, 1 of unknown price')).toBeTruthy();
  expect(costs.getByText('30 Nov: $0.75')).toBeTruthy();
  expect(costs.getByText('Chats and tasks without a workflow')).toBeTruthy();
  const table = within(await screen.findByRole('table', { name: 'Model calls' }));
  expect(table.getByRole('link', { name: 'Writer' }).getAttribute('href')).toBe(
    `/agents/${call.id}`,
  );
  expect(table.getByRole('link', { name: 'Write' }).getAttribute('href')).toBe(
    `/runs/${call.runId}?step=a`,
  );
  await user.click(costs.getByRole('button', { name: /Report/ }));
  expect(await costs.findByText('Report', { selector: 'p *' })).toBeTruthy();
  await expect
    .poll(() => api.asked(listCalls).at(-1)?.query)
    .toMatchObject({ workflow: call.runId });
  await user.click(costs.getByRole('radio', { name: 'Agent' }));
  await expect
    .poll(() => api.asked(spendingBySubject).at(-1)?.query)
    .toMatchObject({ by: 'agent', days: 30, workflow: call.runId });
  await user.click(costs.getByRole('button', { name: 'Show all' }));
  expect(costs.queryByRole('button', { name: 'Show all' })).toBeNull();
});

test('says where nothing was spent, and where the figures cannot be read', async () => {
  api.on(listBudgets, { items: [] });
  api.on(listCalls, { items: [] });
  api.on(spendingBySubject, { ...figures, calls: 0, costUsd: '0', groups: [] });
  const { user } = show(<Spending />, { role: 'admin' });
  expect(await screen.findByText('No model calls in 30 days')).toBeTruthy();
  api.refuse(spendingBySubject, 'internal', 'Broken.');
  await user.click(screen.getByRole('radio', { name: 'Model' }));
  expect(await screen.findByText('The figures could not be loaded')).toBeTruthy();
});

test('says how often the answer cache answered, and clears it', async () => {
  api.on(listBudgets, { items: [] });
  const hit = { ...call, answerCache: 'hit', cachedFrom: call.runId, costUsd: '0' } as const;
  api.on(listCalls, { items: [hit] });
  api.on(showAnswerCache, {
    ...{ days: 30, calls: 8, hits: 2, savedUsd: '0.4', kept: 3 },
    ...{ inputTokens: 1_000, providerCacheTokens: 250 },
  });
  api.on(clearAnswerCache, { cleared: 3 });
  const { user } = show(<Spending />, { role: 'admin' });
  const line = within(await screen.findByRole('region', { name: 'Answer cache' }));
  expect(line.getByText(/2 of 8 calls that could reuse an answer did/)).toBeTruthy();
  expect(line.getByText(/\$0.40 saved/)).toBeTruthy();
  expect(line.getByText(/25 % of the input/)).toBeTruthy();
  expect(await screen.findByText('From cache')).toBeTruthy();
  await user.click(line.getByRole('button', { name: 'Clear 3 answers' }));
  await user.click(screen.getByRole('button', { name: 'Clear answers' }));
  await expect.poll(() => api.asked(clearAnswerCache)).toHaveLength(1);
});

test('says how to limit spending where nothing does, and that nothing was asked', async () => {
  api.on(listBudgets, { items: [] });
  api.on(listCalls, { items: [] });
  show(<Spending />, { role: 'editor' });
  expect(await screen.findByText('Nothing limits spending yet')).toBeTruthy();
  expect(await screen.findByText('No model calls yet')).toBeTruthy();
  expect(screen.queryByRole('button', { name: /Add/ })).toBeNull();
});

test('shows what is spent, held and left, by whom, and why a model answered', async () => {
  api.on(listBudgets, { items: [budget] });
  api.on(listCalls, { items: [call] });
  api.on(getBudget, {
    ...budget,
    subjects: [
      {
        ...{ subject: 'ada', subjectName: 'Ada', startsAt: sampleMoment, capUsd: '5' },
        ...{ spentUsd: '4.5', heldUsd: '0.25' },
      },
    ],
  });
  const { user } = show(<Spending />, { role: 'editor' });
  expect(await screen.findByText('Each person: $5 per day')).toBeTruthy();
  expect(screen.getByText('$0.25 left')).toBeTruthy();
  expect(screen.getByText(/held by calls under way/)).toBeTruthy();
  expect(screen.queryByRole('button', { name: /Edit/ })).toBeNull();
  await user.click(screen.getByRole('button', { name: 'Show who spent it' }));
  expect(await screen.findByText('Ada')).toBeTruthy();
  await user.click(await screen.findByRole('button', { name: 'Why gpt-6-luna answered' }));
  const dialog = within(await screen.findByRole('dialog'));
  expect(dialog.getByText('It costs more.')).toBeTruthy();
});

test('adds, changes and deletes a budget', async () => {
  api.on(listBudgets, { items: [budget] });
  api.on(listCalls, { items: [] });
  api.on(createBudget, budget);
  api.on(updateBudget, budget);
  api.on(deleteBudget, { id: budget.id });
  const { user } = show(<Spending />, { role: 'admin' });
  await user.click(await screen.findByRole('button', { name: 'Add budget' }));
  const limit = screen.getByLabelText('Limit in US dollars');
  await user.type(limit, '2O');
  expect(screen.getByText('Enter an amount like 20 or 0.50.')).toBeTruthy();
  await user.clear(limit);
  await user.type(limit, '0,50');
  await user.click(screen.getByRole('button', { name: 'Save' }));
  await expect.poll(() => api.asked(createBudget)).toHaveLength(1);
  expect(api.asked(createBudget)[0]?.body).toMatchObject({
    ...{ scope: 'workspace', window: 'month', capUsd: '0.50', softAt: 80, onBreach: 'ask' },
  });
  await user.click(await screen.findByRole('button', { name: 'Edit Each person' }));
  await user.click(screen.getByRole('button', { name: 'Save' }));
  await expect.poll(() => api.asked(updateBudget)).toHaveLength(1);
  expect(api.asked(updateBudget)[0]?.body).toMatchObject({ capUsd: '5', window: 'day' });
  await user.click(await screen.findByRole('button', { name: 'Delete Each person' }));
  await user.click(screen.getByRole('button', { name: 'Delete budget' }));
  await expect.poll(() => api.asked(deleteBudget)).toHaveLength(1);
});
