import type { InputOf, ResultOf } from '@/lib/api/define-route';
import { AppError } from '@/lib/api/errors';
import type { cancelTurn as contract } from '@/lib/chat/contract';
import type { Actor } from '@/lib/people/schema';
import { cancelRun } from '@/server/runs/control/cancel-run';
import type { Services } from '@/server/services';
import { findThread, openRunsOf, runOfMessage } from './store';

/** Stops the answers that are being written, or one of them, and says how many were stopped: 0 when none was. */
export async function cancelTurn(
  services: Services,
  actor: Actor,
  { params, body }: InputOf<typeof contract>,
): Promise<ResultOf<typeof contract>> {
  const thread = await findThread(services.prisma, actor.workspaceId, params.id);
  if (thread === null) throw new AppError('not_found', 'This conversation does not exist.');
  const open = await openRunsOf(services.prisma, actor.workspaceId, thread.id);
  const only = body?.messageId && (await runOfMessage(services.prisma, thread.id, body.messageId));
  let cancelled = 0;
  for (const id of open) {
    if (only !== undefined && id !== only) continue;
    if (await cancelOne(services, actor, id)) cancelled += 1;
  }
  return { cancelled };
}

async function cancelOne(services: Services, actor: Actor, id: string): Promise<boolean> {
  try {
    await cancelRun(services, actor, { params: { id }, query: {}, body: undefined });
    return true;
  } catch (error) {
    if (AppError.isInstance(error) && error.code === 'already_finished') return false;
    throw error;
  }
}
