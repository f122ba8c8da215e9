import type { RunSummary, RunView, StepView } from '@/lib/runs/contract';
import type { PlanStep, RunMode, RunState, StepState, Wait } from '@/lib/runs/schema';
import { isoOf } from '@/lib/runs/values/iso';
import { at } from '@/lib/values/unknown';

/** What of a run never changes, as its row holds it. */
export type RunFacts = Omit<RunSummary, 'status' | 'startedAt' | 'finishedAt' | 'usage' | 'error'>;

/** A run as people and programs see it: the facts of its row, and the state replayed from its events. */
export function viewRun(facts: RunFacts, state: RunState): RunView {
  return {
    ...facts,
    status: state.status,
    startedAt: isoOrNull(state.startedAt),
    finishedAt: isoOrNull(state.finishedAt),
    usage: state.usage,
    scripted: facts.scripted || state.scripted === true,
    ...(state.error === undefined ? {} : { error: state.error }),
    input: state.input,
    ...(state.output === undefined ? {} : { output: state.output }),
    seq: state.seq,
    ...(state.pausedBy === undefined ? {} : { pausedBy: state.pausedBy }),
    ...(state.debug === undefined ? {} : { debug: state.debug }),
    steps: state.plan.steps.map((step) => viewStep(step, state.mode, state.steps[step.id])),
  };
}

/** One step of a run. */
export function viewStep(step: PlanStep, mode: RunMode, state: StepState = untouched): StepView {
  const { ports, input, output, error, reason, calls, wait } = state;
  const shown = at(state.memo, 'shown');
  return {
    id: step.id,
    nodeId: step.nodeId,
    key: step.key,
    name: step.name,
    type: step.type,
    status: state.status,
    attempt: state.attempt,
    tries: triesOf(state),
    startedAt: isoOrNull(state.startedAt),
    finishedAt: isoOrNull(state.finishedAt),
    ...(ports === undefined ? {} : { ports }),
    ...(input === undefined ? {} : { input }),
    ...(output === undefined ? {} : { output }),
    ...(error === undefined ? {} : { error }),
    ...(reason === undefined ? {} : { reason }),
    ...(isPinned(step, mode) && state.status === 'succeeded' ? { pinned: true } : {}),
    ...(state.given ? { given: true } : {}),
    ...(state.reusedFrom === undefined ? {} : { reusedFrom: state.reusedFrom }),
    ...(state.changedBy === undefined ? {} : { changedBy: state.changedBy }),
    ...(calls === undefined ? {} : { calls }),
    ...(state.spawned ? { spawned: true } : {}),
    ...(wait === undefined ? {} : { wait: viewWait(wait) }),
    ...(shown === undefined ? {} : { shown }),
  };
}

/** Whether a run takes what a person pinned instead of running the step: rehearsals do. */
export function isPinned(step: PlanStep, mode: RunMode): boolean {
  return mode === 'rehearsal' && step.pinnedOutput !== undefined;
}

function viewWait({ kind, until, ask }: Wait): NonNullable<StepView['wait']> {
  return { kind, until: isoOrNull(until), ...(ask === undefined ? {} : { ask }) };
}

/** How often a step was begun anew: being called again after a wait does not count. */
export function triesOf({ attempt, failures = 0, losses = 0, status }: StepState): number {
  if (attempt === 0) return 0;
  const over = status === 'failed' || status === 'retrying';
  return Math.max(failures + losses + (over ? 0 : 1), 1);
}

const untouched: StepState = { status: 'pending', attempt: 0 };

const isoOrNull = (at: number | undefined) => (at === undefined ? null : isoOf(at));
