import type { ServerMessages } from '@/lib/realtime/messages';
import { evolveAll } from '@/lib/runs/engine/evolve';
import type { RunEvent, RunState } from '@/lib/runs/schema';

/** A run as a browser follows it. */
export type FollowedRun = {
  readonly state: RunState | undefined;
  /** Streamed text by step id; removed when the step ends. */
  readonly streams: Readonly<Record<string, string>>;
  /** Attempt that each stream belongs to. */
  readonly attempts: Readonly<Record<string, number>>;
  /** The last events that came live, without gaps, the newest last. */
  readonly recent: readonly RunEvent[];
  /** The last that was reported of runs below this one, the newest last. */
  readonly below: readonly Below[];
};

/** What the debugger did in a run below. */
export type Below = ServerMessages['run.below'];

export const nothingFollowed: FollowedRun = {
  state: undefined,
  streams: {},
  attempts: {},
  recent: [],
  below: [],
};

const keptEvents = 200;
const keptBelow = 20;

/** Adds what was reported of a run below. */
export const followBelow = (run: FollowedRun, reported: Below): Pick<FollowedRun, 'below'> => ({
  below: [...run.below, reported].slice(-keptBelow),
});

/** Folds events in; `missing` when some between lie elsewhere: ask for those after `state.seq`. */
export function followEvents(
  run: FollowedRun,
  events: readonly RunEvent[],
): { run: FollowedRun; missing: boolean } {
  if (!run.state) return { run, missing: true };
  const { seq } = run.state;
  const news = events.filter((event) => event.seq > seq);
  const missing = news.some((event, i) => event.seq !== seq + 1 + i);
  if (news.length === 0 || missing) return { run, missing };
  const state = evolveAll(run.state, news);
  const recent = [...run.recent, ...news].slice(-keptEvents);
  return { run: { ...run, state, recent, ...settledStreams(run, state) }, missing: false };
}

/** A state that is newer than what is known takes its place; an older one changes nothing. */
export function followState(run: FollowedRun, state: RunState): FollowedRun {
  if (run.state && run.state.seq >= state.seq) return run;
  return { ...run, state, recent: [], ...settledStreams(run, state) };
}

/** Adds a piece of a step's text; `missing` when the text before it is not here: ask for the whole. */
export function followStream(
  run: FollowedRun,
  piece: { stepId: string; attempt: number; offset: number; text: string },
): { run: FollowedRun; missing: boolean } {
  const { stepId, attempt, offset, text } = piece;
  const attemptNow = run.attempts[stepId] ?? 0;
  if (attempt < attemptNow || hasSettled(run.state, stepId, attempt))
    return { run, missing: false };
  const before = attempt > attemptNow ? '' : (run.streams[stepId] ?? '');
  if (offset > before.length) return { run, missing: true };
  const after = before.slice(0, offset) + text;
  // A repeat of an older piece must not shorten what is here already.
  const next = after.length >= before.length ? after : before;
  if (next === before && attempt === attemptNow) return { run, missing: false };
  return {
    run: {
      ...run,
      streams: { ...run.streams, [stepId]: next },
      attempts: { ...run.attempts, [stepId]: attempt },
    },
    missing: false,
  };
}

function hasSettled(state: RunState | undefined, stepId: string, attempt: number): boolean {
  const step = state?.steps[stepId];
  if (!step) return false;
  return step.attempt > attempt || (step.attempt === attempt && !isWriting(step.status));
}

const isWriting = (status: string) => status === 'running' || status === 'ready';

function settledStreams(
  run: FollowedRun,
  state: RunState,
): Pick<FollowedRun, 'streams' | 'attempts'> {
  const gone = Object.keys(run.streams).filter((stepId) =>
    hasSettled(state, stepId, run.attempts[stepId] ?? 0),
  );
  if (gone.length === 0) return { streams: run.streams, attempts: run.attempts };
  const keep = <Value>(of: Readonly<Record<string, Value>>) =>
    Object.fromEntries(Object.entries(of).filter(([stepId]) => !gone.includes(stepId)));
  return { streams: keep(run.streams), attempts: keep(run.attempts) };
}
