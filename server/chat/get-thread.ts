import type { InputOf, ResultOf } from '@/lib/api/define-route';
import { AppError } from '@/lib/api/errors';
import type { getThread as contract } from '@/lib/chat/contract';
import type { Actor } from '@/lib/people/schema';
import type { Services } from '@/server/services';
import { deletedFiles } from './attached-files';
import { compactionsOf, viewCompactions } from './compaction/compaction-store';
import { feedbackOf } from './feedback/feedback-store';
import { goneMarks } from './marks/gone-marks';
import { agentNames, findThread, messagesOf, namesOf, runsOf, toMessage, toThread } from './store';

/** A thread with its newest 500 messages; the text of an answer is its run's output. Throws `not_found`. */
export async function getThread(
  services: Services,
  actor: Actor,
  { params }: InputOf<typeof contract>,
): Promise<ResultOf<typeof contract>> {
  const { prisma } = services;
  const thread = await findThread(prisma, actor.workspaceId, params.id);
  if (thread === null) throw new AppError('not_found', 'This conversation does not exist.');
  const messages = await messagesOf(prisma, thread.id);
  const [runs, names, deleted, gone, agents, feedback, compactions] = await Promise.all([
    runsOf(prisma, actor.workspaceId, messages, Date.now()),
    namesOf(
      prisma,
      messages.flatMap(({ authorId }) => authorId ?? []),
    ),
    deletedFiles(prisma, actor.workspaceId, messages),
    goneMarks(services, actor, messages),
    agentNames(prisma, messages),
    feedbackOf(
      services.pool,
      actor.workspaceId,
      actor.userId,
      messages.map(({ id }) => id),
    ),
    compactionsOf(prisma, actor.workspaceId, thread.id).then((rows) =>
      viewCompactions(prisma, rows),
    ),
  ]);
  return {
    ...toThread(thread),
    messages: messages.map((row) =>
      toMessage(row, thread, { runs, names, deleted, gone, agents, feedback }),
    ),
    compactions,
  };
}
