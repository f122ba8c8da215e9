import type { Actor } from '@/lib/people/schema';
import { notifyAnswered } from '@/server/notifications/notify-asked';
import type { Services } from '@/server/services';

const patienceMs = 5_000;

/**
 * Lets a step that waits for people go on, once somebody has answered about one of its calls. One that does not wait at
 * this moment looks again by itself.
 */
export async function resumeStep(
  services: Pick<Services, 'pool' | 'bus' | 'engine'>,
  { workspaceId }: Pick<Actor, 'workspaceId'>,
  { runId, stepId }: { runId: string; stepId: string },
): Promise<void> {
  const state = await services.engine.load(runId);
  const step = state?.steps[stepId];
  if (step?.status === 'waiting' && step.wait?.kind === 'person') {
    const { attempt } = step;
    const command = { type: 'resume', stepId, attempt, end: { ok: 'again' } } as const;
    await services.engine.dispatch(runId, command, patienceMs);
  }
  await notifyAnswered(services, { workspaceId, runId, stepId });
}
