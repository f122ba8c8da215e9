import type { InputOf, ResultOf } from '@/lib/api/define-route';
import { AppError } from '@/lib/api/errors';
import type { deleteThread as contract } from '@/lib/chat/contract';
import { can } from '@/lib/people/can';
import type { Actor } from '@/lib/people/schema';
import type { Services } from '@/server/services';
import { cancelTurn } from './cancel-turn';
import { findThread } from './store';

/**
 * Deletes a thread with its messages and stops an answer that is being written; its runs stay as a record.
 * Only who started the thread may, or who manages the workspace. Throws `not_found`, `forbidden`.
 */
export async function deleteThread(
  services: Services,
  actor: Actor,
  { params }: InputOf<typeof contract>,
): Promise<ResultOf<typeof contract>> {
  const { prisma, bus } = services;
  const { workspaceId, userId } = actor;
  const thread = await findThread(prisma, workspaceId, params.id);
  if (thread === null) throw new AppError('not_found', 'This conversation does not exist.');
  if (thread.createdBy !== userId && !can(actor.role, 'workspace.manage')) {
    throw new AppError(
      'forbidden',
      'Only the person who started this conversation or an admin can delete it.',
    );
  }
  await cancelTurn(services, actor, { params, query: {}, body: undefined });
  await prisma.$transaction([
    prisma.thread.deleteMany({ where: { id: params.id, workspaceId } }),
    prisma.audit.create({
      data: {
        workspaceId,
        actorId: userId,
        action: 'thread.deleted',
        subjectType: 'thread',
        subjectId: params.id,
        detail: { title: thread.title },
      },
    }),
  ]);
  bus.publish(`workspace:${workspaceId}`, { kind: 'thread', id: params.id });
  return { id: params.id };
}
