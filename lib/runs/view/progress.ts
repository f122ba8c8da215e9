import type { RunStatus, StepStatus } from '@/lib/runs/schema';

/** States in which a step has done its work. */
const done: ReadonlySet<StepStatus> = new Set(['succeeded', 'failed']);

/** How far a run is: `3 of 7 steps`, `5 of 7 steps, 2 skipped`; for one that failed, `failed at 3 of 7 steps`. */
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
  const skipped = steps.filter((step) => step.status === 'skipped').length;
  const all = `${count} of ${total} ${total === 1 ? 'step' : 'steps'}`;
  return `${status === 'failed' ? 'failed at ' : ''}${all}${skipped > 0 ? `, ${skipped} skipped` : ''}`;
}
