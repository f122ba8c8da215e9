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
  listBudgets,
  listCalls,
  type ModelCallFact,
  showAnswerCache,
  updateBudget,
} from '@/lib/spending/contract';
import { Spending } from './spending';

const budget: Budget = {
  id: '7d3c4f0e-5f0b-4e0e-9b57-2f8f6f1f0a11',
  ...{ scope: 'person', scopeId: null, scopeName: 'Each person', window: 'day', timeZone: 'UTC' },
  ...{ capUsd: '5', softAt: 80, onBreach: 'ask', spentUsd: '4.5', heldUsd: '0.25' },
  ...{ createdAt: sampleMoment, updatedAt: sampleMoment },
};
const call: ModelCallFact = {
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
};

const noCache = {
  ...{ days: 30, calls: 0, hits: 0, savedUsd: '0', kept: 0 },
  ...{ inputTokens: 0, providerCacheTokens: 0 },
};
beforeEach(() => api.on(showAnswerCache, noCache));

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
