import type { Experiment, ExperimentSummary } from './contract';
import { leastForMean } from './reading/intervals';
import type { ExperimentState, Goal } from './schema';

export const goalTitles: Readonly<Record<Goal, string>> = {
  cost: 'Lower cost',
  duration: 'Shorter time',
  failures: 'Fewer failures',
  feedback: 'Better feedback',
};

export const stateTitles: Readonly<Record<ExperimentState, string>> = {
  running: 'Running',
  ended: 'Ended',
  stopped: 'Stopped by a guardrail',
};

const verbs: Readonly<Record<Goal, string>> = {
  cost: 'costs',
  duration: 'takes',
  failures: 'fails',
  feedback: 'is found bad',
};
const behind: Readonly<Record<Goal, string>> = {
  cost: 'a task',
  duration: 'a task',
  failures: 'often',
  feedback: 'often',
};

/** The size of a difference: "$0.0012", "340 ms", "4.2 points". */
export function sizeText(goal: Goal, value: string): string {
  const size = Math.abs(Number(value));
  if (goal === 'cost') return size === 0 ? '$0' : `$${Number(size.toPrecision(2))}`;
  if (goal === 'duration') {
    return size < 1_000 ? `${Math.round(size)} ms` : `${(size / 1_000).toFixed(1)} s`;
  }
  return `${size} points`;
}

const side = (goal: Goal, value: string) =>
  `${sizeText(goal, value)} ${Number(value) < 0 ? 'less' : 'more'}`;

/** What an interval says of B: "between $0.0004 and $0.002 less", "between 3 points less and 4 points more". */
export function intervalText(goal: Goal, low: string, high: string): string {
  if (Number(low) < 0 === Number(high) < 0) {
    const [near, far] = Number(low) < 0 ? [high, low] : [low, high];
    return `between ${sizeText(goal, near)} and ${side(goal, far)}`;
  }
  return `between ${side(goal, low)} and ${side(goal, high)}`;
}

/** What an experiment says by now, in a headline and a sentence. */
export function verdictText(
  experiment: Pick<Experiment, 'goal' | 'decided' | 'difference' | 'variants'>,
): { title: string; detail: string } {
  const { goal, decided, difference, variants } = experiment;
  const { low, high } = difference;
  if (decided !== null) {
    const name = variants.find(({ id }) => id === decided.winner)?.name ?? '';
    const first = decided.difference;
    const now = `B ${verbs[goal]} ${intervalText(goal, first.low, first.high)} ${behind[goal]} than A`;
    return {
      title: `${decided.winner} wins: ${name}`,
      detail: `After ${decided.tasks} tasks: ${now}.`,
    };
  }
  const title = 'Too early to tell';
  if (low === undefined || high === undefined) {
    const what = goal === 'feedback' ? 'rated' : 'counted';
    return { title, detail: `Each variant needs at least ${leastForMean} ${what} tasks first.` };
  }
  return {
    title,
    detail: `So far B ${verbs[goal]} ${intervalText(goal, low, high)} ${behind[goal]} than A, which says nothing yet.`,
  };
}

/** What an experiment is of. */
export const targetText = ({ target }: Pick<ExperimentSummary, 'target'>): string =>
  target.type === 'agent' ? target.agentName : `${target.stepName} in ${target.workflowName}`;
