import { screen } from '@testing-library/react';
import { expect, test } from 'vitest';
import { api } from '@/components/testing/api';
import { idOf, sampleMoment } from '@/components/testing/sample';
import { show } from '@/components/testing/show';
import { answerStep } from '@/lib/runs/contract';
import type { BudgetAsk } from '@/lib/spending/breach';
import { BudgetAskCard } from './budget-ask';

const asked: BudgetAsk['budget'] = {
  ...{ provider: 'openai', model: 'gpt-6-sol', neededUsd: '0.0042' },
  breached: [
    {
      ...{ id: idOf(1), scope: 'workspace', subject: 'w', window: 'month', onBreach: 'ask' },
      ...{ startsAt: sampleMoment, capUsd: '2', spentUsd: '1.99', heldUsd: '0' },
    },
  ],
};
const card = <BudgetAskCard runId={idOf(2)} stepId="ask" name="Ask" asked={asked} />;
const answered = () => api.asked(answerStep).map(({ body }) => body?.answer);

test('an admin grants a quarter more, or an amount', async () => {
  api.on(answerStep, { id: idOf(2), status: 'running' });
  const { user } = show(card, { role: 'admin' });
  await user.click(screen.getByRole('button', { name: 'Grant $0.50 more' }));
  await expect.poll(answered).toEqual([{ do: 'raise', usd: '0.5' }]);
  await user.type(screen.getByLabelText('Another amount in US dollars'), '3');
  await user.click(screen.getByRole('button', { name: 'Grant' }));
  await expect.poll(answered).toHaveLength(2);
  expect(answered()[1]).toEqual({ do: 'raise', usd: '3' });
});

test('an editor takes a cheaper model or stops; a viewer reads', async () => {
  api.on(answerStep, { id: idOf(2), status: 'running' });
  const { user } = show(card, { role: 'editor' });
  expect(screen.queryByRole('button', { name: /Grant/ })).toBeNull();
  await user.click(screen.getByRole('button', { name: 'Use a cheaper model' }));
  await expect.poll(answered).toEqual([{ do: 'cheaper' }]);
});

test('a viewer reads what is missing', () => {
  show(card, { role: 'viewer' });
  expect(screen.getByText(/needs at least \$0.0042/)).toBeTruthy();
  expect(screen.queryAllByRole('button')).toEqual([]);
});
