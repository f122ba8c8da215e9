import { evolveAll } from '@/lib/runs/engine/evolve';
import { isEnded, planStep, readiness } from '@/lib/runs/engine/readiness';
import type { RunEvent, RunState } from '../schema';
import type { Row, Simulated } from './simulation';

/** What a simulation broke of what the engine promises; none when it kept everything. */
export function brokenPromises({ rows, ledger, ended }: Simulated): string[] {
  const found: string[] = [];
  if (!ended) found.push('a run did not come to its end');
  for (const [run, row] of rows.entries()) {
    found.push(...ofJournal(row).map((line) => `run ${run}: ${line}`));
  }
  for (const { run, stepId, attempt } of ledger.acknowledged) {
    const kept = rows[run]?.journal.some(
      (event) => settles(event) && event.stepId === stepId && event.attempt === attempt,
    );
    if (!kept) found.push(`run ${run}: the acknowledged result of ${stepId}/${attempt} is lost`);
  }
  const begun = new Map<string, number>();
  for (const effect of ledger.effects) {
    const [run = '', stepId = ''] = effect.split('/');
    const plan = rows[Number(run)]?.first.plan;
    const once = plan && planStep(plan, stepId)?.effects === 'once';
    const key = once ? `${run}/${stepId}` : effect;
    begun.set(key, (begun.get(key) ?? 0) + 1);
  }
  for (const [key, times] of begun) {
    if (times > 1) found.push(`${key} had ${times} effects`);
  }
  return found;
}

const settles = (event: RunEvent) =>
  event.type === 'StepSucceeded' ||
  event.type === 'StepFailed' ||
  event.type === 'StepRetryScheduled' ||
  event.type === 'StepWaiting';

/** Walks through a journal from the start, as everybody who replays it does. */
function ofJournal({ first, state, journal }: Row): string[] {
  const found: string[] = [];
  let now: RunState = first;
  const succeeded = new Set<string>();
  for (const event of journal) {
    if (event.seq !== now.seq + 1) return [...found, `event ${event.seq} follows ${now.seq}`];
    if (isEnded(now.status)) found.push(`${event.type} after the end`);
    if (event.type === 'StepStarted') found.push(...ofStart(now, event));
    if (event.type === 'StepSucceeded') {
      if (succeeded.has(event.stepId)) found.push(`${event.stepId} succeeded twice`);
      succeeded.add(event.stepId);
    }
    now = evolveAll(now, [event]);
  }
  if (JSON.stringify(now) !== JSON.stringify(state)) found.push('the journal gives another state');
  return found;
}

function ofStart(before: RunState, event: Extract<RunEvent, { type: 'StepStarted' }>): string[] {
  const { stepId, attempt } = event;
  const step = planStep(before.plan, stepId);
  const at = before.steps[stepId];
  const found: string[] = [];
  if (before.pausedBy !== undefined) found.push(`${stepId} started while the run was paused`);
  if (at?.attempt !== attempt - 1) found.push(`${stepId}/${attempt} follows ${at?.attempt}`);
  if (at?.status === 'running' || at?.status === 'succeeded') found.push(`${stepId} started twice`);
  if (step?.kind === 'handler' ? !before.failing : step && readiness(before, step) !== 'go') {
    found.push(`${stepId} started before what it depends on`);
  }
  return found;
}
