import type { InputOf, ResultOf } from '@/lib/api/define-route';
import { AppError } from '@/lib/api/errors';
import type { writeToSharedChat as contract } from '@/lib/chat/visitors/contract';
import type { Services } from '@/server/services';
import { takeFromLink } from '@/server/triggers/links/admit-visitor';
import { openTurn } from '../open-turn';
import { workflowStarter } from '../start-turn';
import { runsOf } from '../store';
import { turnIds } from '../turn-ids';
import { openVisit } from './open-visit';
import { viewMessage } from './view-visit';
import { holdVisit } from './visitor-store';

/**
 * Writes to a shared chat; the answer is a run, as in every chat. The same key again is the same turn. Throws as
 * `openVisit` and `takeFromLink`, and `conflict` while an answer is being written or when the chat is closed.
 */
export async function writeToSharedChat(
  services: Services,
  { params, body }: InputOf<typeof contract>,
  request: Request,
): Promise<ResultOf<typeof contract>> {
  const { prisma } = services;
  const visit = await openVisit(services, params.token, request);
  const { chat, userId, hash } = visit;
  if (hash === undefined) {
    throw new AppError('invalid_input', 'x-visitor: send 32 random bytes in base64url.');
  }
  if (!chat.enabled || !chat.published) throw closed();
  await takeFromLink(services, chat, request);
  const thread = await holdVisit(prisma, { ...visit, hash });
  if (thread === null) throw closed();
  const writer = { workspaceId: chat.workspaceId, userId };
  const starter = await workflowStarter(services, writer, thread).catch(refused);
  if (starter === undefined) throw closed();
  const check = (said: Parameters<typeof starter.check>[0]) => {
    try {
      starter.check(said);
    } catch (error) {
      refused(error);
    }
  };
  const ids = turnIds(writer, thread.id, body.key);
  const turn = await openTurn(
    prisma,
    writer,
    thread.id,
    { text: body.text, files: [] },
    ids,
    check,
  );
  await starter.start(turn);
  const rows = [turn.message, ...turn.answers];
  const runs = await runsOf(prisma, chat.workspaceId, turn.answers, Date.now());
  const [message, answer] = rows.map((row) => viewMessage(row, runs));
  if (message === undefined || answer === undefined) throw closed();
  return { message, answer };
}

/** Why a chat cannot start its workflow is for its owner, who reads it in the list of triggers. */
function refused(error: unknown): never {
  if (AppError.isInstance(error) && error.code !== 'unavailable') throw closed();
  throw error;
}

const closed = () => new AppError('conflict', 'This chat does not answer at the moment.');
