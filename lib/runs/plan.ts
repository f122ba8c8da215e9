import type { Plan, RunMode, RunState } from './schema';

/** A run before its first event. `now` in milliseconds since 1970. */
export function initialState(
  plan: Plan,
  given: { mode: RunMode; input: unknown; now: number },
): RunState {
  return {
    plan,
    status: 'queued',
    mode: given.mode,
    input: given.input,
    seq: 0,
    steps: Object.fromEntries(
      plan.steps.map((step) => [step.id, { status: 'pending', attempt: 0 }]),
    ),
    usage: { inputTokens: 0, outputTokens: 0, costUsd: 0 },
    createdAt: given.now,
  };
}

/** A state without the parts that never change and are stored beside it. */
export type Snapshot = Omit<RunState, 'plan' | 'input' | 'mode'>;

export function toSnapshot(state: RunState): Snapshot {
  const { plan: _plan, input: _input, mode: _mode, ...snapshot } = state;
  return snapshot;
}

export function fromSnapshot(
  snapshot: Snapshot,
  fixed: Pick<RunState, 'plan' | 'input' | 'mode'>,
): RunState {
  const { plan, input, mode } = fixed;
  return { ...snapshot, plan, input, mode };
}
