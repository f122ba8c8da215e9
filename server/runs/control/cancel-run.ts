import type { InputOf, ResultOf } from '@/lib/api/define-route';
import { AppError } from '@/lib/api/errors';
import type { Actor } from '@/lib/people/schema';
import type { cancelRun as contract } from '@/lib/runs/contract';
import { auditLine } from '@/server/runs/journal/audit';
import { findRun } from '@/server/runs/reading/find-run';
import type { Services } from '@/server/services';

const patienceMs = 5000;

/**
 * Cancels a run: when this resolves nothing of it starts any more, and what runs is being told to stop. Throws
 * `not_found`, and `already_finished` for a run that has ended.
 */
export async function cancelRun(
  services: Pick<Services, 'pool' | 'engine' | 'childRuns'>,
  actor: Actor,
  { params }: InputOf<typeof contract>,
): Promise<ResultOf<typeof contract>> {
  await findRun(services, actor, params.id);
  const until = performance.now() + patienceMs;
  const command = { type: 'cancel', by: actor.userId } as const;
  const audit = auditLine(actor, 'run.cancelled', params.id);
  const dispatched = await services.engine.dispatch(params.id, command, patienceMs, { audit });
  if (dispatched === undefined) throw new AppError('not_found', 'This run does not exist.');
  const { status } = dispatched.state;
  if (dispatched.events.length === 0) {
    throw new AppError('already_finished', `The run has already ended: ${status}.`);
  }
  await services.childRuns.cancelBelow(params.id, actor.userId, until - performance.now());
  return { id: params.id, status };
}
