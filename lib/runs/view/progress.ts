import type { RunStatus, StepStatus } from '@/lib/runs/schema';

/** States in which a step has come to its end by itself. */
const done: ReadonlySet<StepStatus> = new Set(['succeeded', 'failed', 'skipped']);

/** How far a run is: `3 of 7`; for one that failed, `failed at 3 of 7`. */
export function progressOf(
  status: RunStatus,
  steps: readonly { status: StepStatus }[],
  total: number = steps.length,
): string {
  // Steps that ended with their run did nothing; a step that lost a race is through, and its run goes on.
  const ended = status === 'failed' || status === 'cancelled';
  const count = steps.filter(
    (step) => done.has(step.status) || (!ended && step.status === 'cancelled'),
  ).length;
  return `${status === 'failed' ? 'failed at ' : ''}${count} of ${total}`;
}
