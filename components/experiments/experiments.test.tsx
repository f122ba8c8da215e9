import { screen, within } from '@testing-library/react';
import { expect, test } from 'vitest';
import { api } from '@/components/testing/api';
import { sampleMoment } from '@/components/testing/sample';
import { show } from '@/components/testing/show';
import {
  adoptVariant,
  createExperiment,
  deleteExperiment,
  type Experiment,
  getExperiment,
  listExperiments,
  updateExperiment,
} from '@/lib/experiments/contract';
import { listProviders } from '@/lib/models/contract';
import { ExperimentList } from './experiment-list';
import { ExperimentPage } from './experiment-page';
import { StartExperiment } from './start-experiment';

const id = '7d3c4f0e-5f0b-4e0e-9b57-2f8f6f1f0a11';
const variant = (of: 'A' | 'B', name: string): Experiment['variants'][number] => ({
  ...{ id: of, name, change: of === 'B' ? { prompt: 'Shorter, please.' } : {}, sharePercent: 50 },
  ...{
    tasks: 40,
    counted: 38,
    leftOut: 2,
    failures: 1,
    rated: 0,
    foundBad: 0,
    costUsd: '0.38',
    meanCostUsd: '0.01',
  },
  ...{ meanDurationMs: 900, lastRunId: id },
});
const experiment: Experiment = {
  ...{ id, name: 'Short prompt', goal: 'cost', state: 'running', endReason: null },
  target: { type: 'step', workflowId: id, stepId: 'ask', workflowName: 'Letters', stepName: 'Ask' },
  guardrails: { maxCostUsd: '0.05', maxFailurePercent: 20 },
  ...{ decided: null, adopted: null, startedBy: 'Ada', startedAt: sampleMoment, endedAt: null },
  variants: [variant('A', 'As it is'), variant('B', 'Short')],
  difference: { estimate: '-0.001', low: '-0.003', high: '0.001' },
};
const decided = {
  ...{ winner: 'B' as const, tasks: 60, at: sampleMoment },
  difference: { estimate: '-0.002', low: '-0.003', high: '-0.001' },
};

test('an experiment says that it is too early, what the variants came to, and when it stops', async () => {
  api.on(getExperiment, experiment);
  show(<ExperimentPage id={id} />, { role: 'viewer' });
  expect(await screen.findByText('Too early to tell')).toBeTruthy();
  expect(
    screen.getByText(/So far B costs between \$0.003 less and \$0.001 more a task/),
  ).toBeTruthy();
  const b = within(screen.getByRole('region', { name: 'Variant B' }));
  expect(b.getByText('38, 2 left out')).toBeTruthy();
  expect(b.getByText('Shorter, please.')).toBeTruthy();
  expect(
    screen.getByText(/costs more than \$0.05 a task or fails more often than 20/),
  ).toBeTruthy();
  expect(screen.getByRole('link', { name: /Compare the last run/ })).toHaveProperty(
    'pathname',
    '/runs/compare',
  );
  expect(screen.queryByRole('button', { name: /End|Use|Delete/ })).toBeNull();
});

test('editors end it, use a variant, and delete it', async () => {
  api.on(getExperiment, { ...experiment, decided });
  api.on(updateExperiment, { ...experiment, state: 'ended' });
  api.on(adoptVariant, { ...experiment, state: 'ended', adopted: 'B' });
  api.on(deleteExperiment, { id });
  const { user, visited } = show(<ExperimentPage id={id} />, { role: 'editor' });
  expect(await screen.findByText('B wins: Short')).toBeTruthy();
  await user.click(screen.getByRole('button', { name: 'End' }));
  await expect
    .poll(() => api.asked(updateExperiment))
    .toMatchObject([{ body: { state: 'ended' } }]);
  await user.click(screen.getByRole('button', { name: 'Use B' }));
  const asking = within(await screen.findByRole('alertdialog'));
  expect(asking.getByText(/an edit of the draft, which you can undo/)).toBeTruthy();
  await user.click(asking.getByRole('button', { name: 'Use B' }));
  await expect.poll(() => api.asked(adoptVariant)).toMatchObject([{ body: { variant: 'B' } }]);
  await user.click(await screen.findByRole('button', { name: 'Delete experiment' }));
  const last = within(await screen.findByRole('alertdialog'));
  await user.click(last.getByRole('button', { name: 'Delete experiment' }));
  await expect.poll(() => visited).toContain('/experiments');
});

test('a start needs a change, and sends it with the rules', async () => {
  api.on(listProviders, { items: [] });
  api.on(createExperiment, experiment);
  const target = { type: 'step' as const, workflowId: id, stepId: 'ask' };
  const subject = {
    target,
    name: 'Ask',
    able: ['model', 'prompt'] as const,
    now: { prompt: 'Long.' },
  };
  const { user } = show(<StartExperiment subject={subject} onClose={() => undefined} />);
  const start = await screen.findByRole('button', { name: 'Start' });
  expect(start).toHaveProperty('disabled', true);
  await user.click(screen.getByRole('switch', { name: 'Another prompt' }));
  const prompt = screen.getByLabelText('Prompt of B');
  expect(prompt).toHaveProperty('value', 'Long.');
  await user.clear(prompt);
  await user.type(prompt, 'Short.');
  await user.type(screen.getByLabelText('Stop above (USD a task)'), '0,5');
  await user.clear(screen.getByLabelText('Tasks that get B (%)'));
  await user.type(screen.getByLabelText('Tasks that get B (%)'), '99');
  expect(screen.getByText('Enter 5 to 95.')).toBeTruthy();
  await user.type(screen.getByLabelText('Tasks that get B (%)'), '{Backspace}');
  await user.click(start);
  await expect.poll(() => api.asked(createExperiment)).toHaveLength(1);
  expect(api.asked(createExperiment)[0]?.body).toMatchObject({
    ...{ target, goal: 'cost', sharePercent: 9, maxCostUsd: '0.5', maxFailurePercent: null },
    variants: [{ change: {} }, { name: 'B', change: { prompt: 'Short.' } }],
  });
});

test('the list says what each is of and whether there is a winner', async () => {
  const { variants: _, difference: _difference, ...summary } = { ...experiment, decided };
  api.on(listExperiments, { items: [{ ...summary, tasks: 80 }] });
  show(<ExperimentList />);
  const row = within(await screen.findByRole('row', { name: /Short prompt/ }));
  expect(row.getByText('B wins')).toBeTruthy();
  expect(row.getByText('Ask in Letters')).toBeTruthy();
});
