import type { Pool } from 'pg';
import type { Engine } from '@/server/runs/engine/engine';
import { stepsWaitingFor } from './store';

type Needs = { pool: Pool; engine: Pick<Engine, 'dispatch' | 'current'> };

/** Waits that one change ends early at most; others look again by themselves. */
const maxWoken = 500;

/**
 * Lets steps look again that wait for a change of their workspace, as their time would. Told more than once, or too late,
 * it changes nothing.
 */
export async function wakeWaiting(
  { pool, engine }: Needs,
  workspaceId: string,
  channel: string,
): Promise<void> {
  const waiting = await stepsWaitingFor(pool, { workspaceId, channel, limit: maxWoken });
  for (const { runId, stepId, attempt } of waiting) {
    const step = (await engine.current(runId))?.state.steps[stepId];
    const { wait, status } = step ?? {};
    if (status !== 'waiting' || step?.attempt !== attempt || wait?.channel !== channel) continue;
    // One that ends otherwise waits for an event of the same name.
    if (wait.end?.ok !== 'again') continue;
    await engine.dispatch(runId, { type: 'resume', stepId, attempt, end: wait.end });
  }
}
