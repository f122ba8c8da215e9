import { AppError } from '@/lib/api/errors';
import { type AttachedFile, readAttached } from '@/lib/chat/attached';
import { type Mark, markKey, readMarks } from '@/lib/chat/marks/mark';
import { titleOf } from '@/lib/chat/title';
import type { Actor } from '@/lib/people/schema';
import type { Prisma } from '@/server/db/prisma';
import { filesToAttach } from './attached-files';
import { closedBecause, partnerName } from './partner';
import { type Db, isWriting, lockThread, type MessageRow, type ThreadRow } from './store';

export type TurnIds = { message: string; answers: { id: string; run: string }[] };

/** Who writes: a member, or nobody in particular, by a chat's link. */
export type Writer = Pick<Actor, 'workspaceId'> & { userId: string | null };

/** What somebody is about to say. */
export type Said = { text: string; files: AttachedFile[] };

/** What somebody writes, with files by their ids, and the agents that answer: that of the thread where none is named. */
export type Writing = {
  text: string;
  files: readonly string[];
  /** What it names with `#`. */
  marks?: readonly Mark[];
  agents?: readonly string[];
  /** The agents give one answer together. */
  together?: boolean;
};

export type OpenTurn = {
  thread: ThreadRow;
  message: MessageRow;
  /** At least one; of each agent that was asked its own. */
  answers: MessageRow[];
};

/**
 * Stores a person's message and the places of its answers in one commit. The same ids with the same text, files and agents find
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
    const made = await findMade(db, thread, writing, ids);
    if (made !== undefined) return { thread, ...made };
    const closed = closedBecause(thread);
    if (closed !== undefined) throw new AppError('conflict', closed);
    await refuseWhileWriting(db, thread);
    const files = await filesToAttach(db, actor.workspaceId, writing.files);
    check?.({ text: writing.text, files });
    return { thread, ...(await insertTurn(db, actor, thread, { ...writing, files }, ids)) };
  });
}

async function findMade(
  db: Db,
  thread: ThreadRow,
  { text, files, marks = [], agents = [], together = false }: Writing,
  ids: TurnIds,
): Promise<Pick<OpenTurn, 'message' | 'answers'> | undefined> {
  const wanted = [ids.message, ...ids.answers.map(({ id }) => id)];
  const rows = await db.message.findMany({
    where: { threadId: thread.id, id: { in: wanted } },
    orderBy: { position: 'asc' },
  });
  const [message, ...answers] = rows;
  if (message === undefined || message.id !== ids.message) return undefined;
  const sent = readAttached(message.files).map(({ id }) => id);
  const isSame =
    message.text === text &&
    sent.join() === [...new Set(files)].join() &&
    readMarks(message.marks).map(markKey).join() === marks.map(markKey).join() &&
    answers.length === ids.answers.length &&
    !(await hasMoreAnswers(db, thread.id, answers)) &&
    (together
      ? answers[0]?.panelAgentIds.join() === agents.join()
      : agents.every((id, at) => answers[at]?.agentId === id));
  if (isSame) return { message, answers };
  throw new AppError(
    'idempotency_mismatch',
    'This Idempotency-Key was already used for another message. Use a new one.',
  );
}

/** Whether more agents were asked: the answers of one turn stand one after the other. */
async function hasMoreAnswers(
  db: Db,
  threadId: string,
  answers: readonly MessageRow[],
): Promise<boolean> {
  const next = (answers.at(-1)?.position ?? 0) + 1;
  return (await db.message.count({ where: { threadId, position: next, role: 'assistant' } })) > 0;
}

/** Answers come one turn after another. Reads the open runs and the newest lines: a long thread costs no more. */
async function refuseWhileWriting(db: Db, thread: ThreadRow): Promise<void> {
  if (!(await isWriting(db, thread))) return;
  throw new AppError(
    'conflict',
    `${partnerName(thread)} is still writing an answer. Wait for it or stop it first.`,
  );
}

async function insertTurn(
  db: Db,
  actor: Writer,
  thread: ThreadRow,
  {
    text,
    files,
    marks = [],
    agents,
    together,
  }: Said & Pick<Writing, 'marks' | 'agents' | 'together'>,
  ids: TurnIds,
): Promise<Pick<OpenTurn, 'message' | 'answers'>> {
  const threadId = thread.id;
  const { _max } = await db.message.aggregate({ where: { threadId }, _max: { position: true } });
  const last = _max.position ?? 0;
  const message = await db.message.create({
    data: {
      id: ids.message,
      threadId,
      position: last + 1,
      role: 'user',
      authorId: actor.userId,
      text,
      files,
      marks: [...marks],
    },
  });
  const answers: MessageRow[] = [];
  for (const [at, { id, run }] of ids.answers.entries()) {
    const agentId = together ? null : (agents?.[at] ?? thread.agentId);
    const data = {
      panelAgentIds: together ? [...(agents ?? [])] : [],
      ...{ id, threadId, position: last + 2 + at, role: 'assistant', agentId, runId: run },
    };
    const agentVersion = await versionOf(db, agentId);
    answers.push(await db.message.create({ data: { ...data, agentVersion } }));
  }
  await db.thread.update({
    where: { id: threadId },
    data: {
      updatedAt: new Date(),
      ...(last === 0 ? { title: titleOf(text || (files[0]?.name ?? '')) } : {}),
    },
  });
  return { message, answers };
}

/** What an agent was when it was asked: feedback counts for that. */
async function versionOf(db: Db, agentId: string | null): Promise<number | null> {
  if (agentId === null) return null;
  const row = await db.agent.findUnique({ where: { id: agentId }, select: { version: true } });
  return row?.version ?? null;
}
