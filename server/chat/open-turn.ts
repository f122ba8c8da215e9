import { AppError } from '@/lib/api/errors';
import { titleOf } from '@/lib/chat/title';
import type { Actor } from '@/lib/people/schema';
import { isEnded } from '@/lib/runs/engine/readiness';
import type { Prisma } from '@/server/db/prisma';
import { closedBecause, partnerName } from './partner';
import {
  type Db,
  lockThread,
  type MessageRow,
  messagesOf,
  runsOf,
  type ThreadRow,
  type TurnRun,
} from './store';

export type TurnIds = { message: string; answer: string; run: string };

/** Who writes: a member, or nobody in particular, by a chat's link. */
export type Writer = Pick<Actor, 'workspaceId'> & { userId: string | null };

/** A message, and what was said before it, oldest first. */
export type Said = { text: string; before: MessageRow[]; runs: Map<string, TurnRun> };

export type OpenTurn = Pick<Said, 'before' | 'runs'> & {
  thread: ThreadRow;
  message: MessageRow;
  answer: MessageRow;
};

/**
 * Stores a person's message and the place of its answer in one commit. The same ids with the same text find the
 * turn that they made before. Throws `not_found`, `conflict` while an answer is being written or when nobody is there
 * to answer, `idempotency_mismatch` when the ids made a turn of another text, and what `check` throws.
 */
export function openTurn(
  prisma: Prisma,
  actor: Writer,
  threadId: string,
  text: string,
  ids: TurnIds,
  check?: (said: Said) => void,
): Promise<OpenTurn> {
  return prisma.$transaction(async (db) => {
    const thread = await lockThread(db, actor.workspaceId, threadId);
    if (thread === null) throw new AppError('not_found', 'This conversation does not exist.');
    const messages = await messagesOf(db, threadId);
    const runs = await runsOf(db, actor.workspaceId, messages, Date.now());
    const made = await findMade(db, threadId, text, ids);
    if (made !== undefined) {
      const before = messages.filter(({ position }) => position < made.message.position);
      return { thread, ...made, before, runs };
    }
    refuse(thread, messages, runs);
    check?.({ text, before: messages, runs });
    const rows = await insertTurn(db, actor, thread, text, ids, messages.at(-1)?.position ?? 0);
    return { thread, ...rows, before: messages, runs };
  });
}

async function findMade(
  db: Db,
  threadId: string,
  text: string,
  ids: TurnIds,
): Promise<Pick<OpenTurn, 'message' | 'answer'> | undefined> {
  const rows = await db.message.findMany({
    where: { threadId, id: { in: [ids.message, ids.answer] } },
  });
  const message = rows.find(({ id }) => id === ids.message);
  const answer = rows.find(({ id }) => id === ids.answer);
  if (message === undefined || answer === undefined) return undefined;
  if (message.text === text) return { message, answer };
  throw new AppError(
    'idempotency_mismatch',
    'This Idempotency-Key was already used for another message. Use a new one.',
  );
}

function refuse(thread: ThreadRow, messages: MessageRow[], runs: Map<string, TurnRun>): void {
  const closed = closedBecause(thread);
  if (closed !== undefined) throw new AppError('conflict', closed);
  const writing = messages.some(({ runId }) => {
    const run = runId === null ? undefined : runs.get(runId);
    return run !== undefined && !isEnded(run.status);
  });
  if (writing) {
    throw new AppError(
      'conflict',
      `${partnerName(thread)} is still writing an answer. Wait for it or stop it first.`,
    );
  }
}

async function insertTurn(
  db: Db,
  actor: Writer,
  thread: ThreadRow,
  text: string,
  ids: TurnIds,
  last: number,
): Promise<Pick<OpenTurn, 'message' | 'answer'>> {
  const threadId = thread.id;
  const message = await db.message.create({
    data: {
      id: ids.message,
      threadId,
      position: last + 1,
      role: 'user',
      authorId: actor.userId,
      text,
    },
  });
  const answer = await db.message.create({
    data: {
      id: ids.answer,
      threadId,
      position: last + 2,
      role: 'assistant',
      agentId: thread.agentId,
      runId: ids.run,
    },
  });
  await db.thread.update({
    where: { id: threadId },
    data: { updatedAt: new Date(), ...(last === 0 ? { title: titleOf(text) } : {}) },
  });
  return { message, answer };
}
