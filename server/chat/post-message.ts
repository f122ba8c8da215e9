import type { InputOf, ResultOf } from '@/lib/api/define-route';
import { AppError } from '@/lib/api/errors';
import type { postMessage as contract } from '@/lib/chat/contract';
import type { Actor } from '@/lib/people/schema';
import { readIdempotencyKey } from '@/server/idempotency/read-key';
import { takeTurns } from '@/server/people/rate-limit';
import type { Services } from '@/server/services';
import { deletedFiles } from './attached-files';
import { openTurn } from './open-turn';
import { starterOf } from './start-turn';
import { findThread, namesOf, runsOf, toMessage } from './store';
import { turnIds } from './turn-ids';

/**
 * Writes to a thread's agent or workflow, with files of the workspace if need be. Message and place of the answer are stored in one commit, then the turn
 * starts as a run. A repeat with the same Idempotency-Key gets the same turn, and starts its run if that never began.
 * Throws as `openTurn`, `too_many_requests` for who writes very many, and before anything is stored `conflict` or `invalid_input` for a workflow that cannot take it.
 */
export async function postMessage(
  services: Services,
  actor: Actor,
  { params, body }: InputOf<typeof contract>,
  request?: Pick<Request, 'headers'>,
): Promise<ResultOf<typeof contract>> {
  const { prisma, bus } = services;
  const key = readIdempotencyKey(request);
  const ids = turnIds(actor, params.id, key);
  const thread = await findThread(prisma, actor.workspaceId, params.id);
  if (thread === null) throw new AppError('not_found', 'This conversation does not exist.');
  const starter = await starterOf(services, actor, thread);
  await holdRate(services, actor);
  const writing = { text: body.text, files: body.files ?? [] };
  const turn = await openTurn(prisma, actor, params.id, writing, ids, starter?.check);
  await starter?.start(turn, ids.run);
  bus.publish(`workspace:${actor.workspaceId}`, { kind: 'thread', id: params.id });
  const [runs, names, deleted] = await Promise.all([
    runsOf(prisma, actor.workspaceId, [turn.answer], Date.now()),
    namesOf(prisma, [turn.message.authorId ?? '']),
    deletedFiles(prisma, actor.workspaceId, [turn.message]),
  ]);
  return {
    message: toMessage(turn.message, turn.thread, runs, names, deleted),
    answer: toMessage(turn.answer, turn.thread, runs, names),
  };
}

/** Each message may be a call that costs money: a person has so many a minute, in all threads together. */
async function holdRate({ prisma, config }: Services, { userId }: Actor): Promise<void> {
  const most = config.chatsPerMinute;
  const turn = await takeTurns(prisma, [{ key: `chat|${userId}`, most }]);
  if (turn.ok) return;
  throw new AppError(
    'too_many_requests',
    `You reached the limit of ${most} messages per minute. Wait ${turn.secondsLeft} seconds, then send it again.`,
    { retryAfter: turn.secondsLeft },
  );
}
