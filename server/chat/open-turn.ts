import { AppError } from '@/lib/api/errors';
import { type AttachedFile, readAttached } from '@/lib/chat/attached';
import { titleOf } from '@/lib/chat/title';
import type { Actor } from '@/lib/people/schema';
import { isEnded } from '@/lib/runs/engine/readiness';
import type { Prisma } from '@/server/db/prisma';
import { filesToAttach } from './attached-files';
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
export type Said = {
  text: string;
  files: AttachedFile[];
  before: MessageRow[];
  runs: Map<string, TurnRun>;
};

/** What somebody writes, with files by their ids. */
export type Writing = { text: string; files: readonly string[] };

export type OpenTurn = Pick<Said, 'before' | 'runs'> & {
  thread: ThreadRow;
  message: MessageRow;
  answer: MessageRow;
};

/**
 * Stores a person's message and the place of its answer in one commit. The same ids with the same text and files find
 * the turn that they made before, whatever became of the files since. Throws `not_found`, `conflict` while an answer is being written or when nobody is there
 * to answer, `idempotency_mismatch` when the ids made a turn of another text, `invalid_input` for files that are not there, and what `check` throws.
 */
export function openTurn(
  prisma: Prisma,
  actor: Writer,
  threadId: string,
  writing: Writing,
  ids: TurnIds,
  check?: (said: Said) => void,
): Promise<OpenTurn> {
  return prisma.$transaction(async (db) => {
    const thread = await lockThread(db, actor.workspaceId, threadId);
    if (thread === null) throw new AppError('not_found', 'This conversation does not exist.');
    const messages = await messagesOf(db, threadId);
    const runs = await runsOf(db, actor.workspaceId, messages, Date.now());
    const made = await findMade(db, threadId, writing, ids);
    if (made !== undefined) {
      const before = messages.filter(({ position }) => position < made.message.position);
      return { thread, ...made, before, runs };
    }
    refuse(thread, messages, runs);
    const files = await filesToAttach(db, actor.workspaceId, writing.files);
    const said = { text: writing.text, files, before: messages, runs };
    check?.(said);
    const rows = await insertTurn(db, actor, thread, said, ids);
    return { thread, ...rows, before: messages, runs };
  });
}

async function findMade(
  db: Db,
  threadId: string,
  { text, files }: Writing,
  ids: TurnIds,
): Promise<Pick<OpenTurn, 'message' | 'answer'> | undefined> {
  const rows = await db.message.findMany({
    where: { threadId, id: { in: [ids.message, ids.answer] } },
  });
  const message = rows.find(({ id }) => id === ids.message);
  const answer = rows.find(({ id }) => id === ids.answer);
  if (message === undefined || answer === undefined) return undefined;
  const sent = readAttached(message.files).map(({ id }) => id);
  const isSame = message.text === text && sent.join() === [...new Set(files)].join();
  if (isSame) return { message, answer };
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
  { text, files, before }: Said,
  ids: TurnIds,
): Promise<Pick<OpenTurn, 'message' | 'answer'>> {
  const threadId = thread.id;
  const last = before.at(-1)?.position ?? 0;
  const message = await db.message.create({
    data: {
      id: ids.message,
      threadId,
      position: last + 1,
      role: 'user',
      authorId: actor.userId,
      text,
      files,
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
    data: {
      updatedAt: new Date(),
      ...(last === 0 ? { title: titleOf(text || (files[0]?.name ?? '')) } : {}),
    },
  });
  return { message, answer };
}
