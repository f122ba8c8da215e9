import { AppError } from '@/lib/api/errors';
import type { Comment, CommentThread, OpenThread } from '@/lib/comments/contract';
import type { Actor } from '@/lib/people/schema';
import { type CommentRow, commentsOf, type Db, findThread, namesOf, type ThreadRow } from './store';

type Names = ReadonlyMap<string, string>;
const iso = (time: Date | string) => new Date(time).toISOString();

function personOf(id: string | null, names: Names) {
  const name = id === null ? undefined : names.get(id);
  return id === null || name === undefined ? null : { id, name };
}

const peopleOf = (ids: readonly string[], names: Names) =>
  ids.flatMap((id) => personOf(id, names) ?? []);

function toComment(row: CommentRow | ThreadRow['opening'], names: Names): Comment {
  return {
    id: row.id,
    author: personOf(row.authorId, names),
    body: row.body,
    mentions: peopleOf(row.mentions, names),
    createdAt: iso(row.createdAt),
    editedAt: row.editedAt === null ? null : iso(row.editedAt),
    deleted: row.deletedAt !== null,
  };
}

function toThread(row: ThreadRow, names: Names): CommentThread {
  return {
    id: row.id,
    workflowId: row.workflowId,
    anchor: row.anchor,
    createdAt: iso(row.createdAt),
    updatedAt: iso(row.updatedAt),
    resolvedAt: row.resolvedAt === null ? null : iso(row.resolvedAt),
    resolvedBy: personOf(row.resolvedBy, names),
    opening: toComment(row.opening, names),
    replies: row.replies,
    people: peopleOf(row.people, names),
    unread: row.unread,
  };
}

function idsIn({ opening, people, resolvedBy }: ThreadRow): string[] {
  return [opening.authorId ?? [], resolvedBy ?? [], opening.mentions, people].flat();
}

/** Threads as people see them. */
export async function viewThreads(db: Db, rows: readonly ThreadRow[]): Promise<CommentThread[]> {
  const names = await namesOf(db, rows.flatMap(idsIn));
  return rows.map((row) => toThread(row, names));
}

/** A thread of the actor's workspace. Throws `not_found` for any other. */
export async function requireThread(db: Db, actor: Actor, id: string): Promise<ThreadRow> {
  const row = await findThread(db, actor, id);
  if (!row) throw new AppError('not_found', 'This comment does not exist.');
  return row;
}

/** A thread with its comments. Throws `not_found`. */
export async function viewThread(db: Db, actor: Actor, id: string): Promise<OpenThread> {
  const row = await requireThread(db, actor, id);
  const comments = await commentsOf(db, id);
  const ids = comments.flatMap(({ authorId, mentions }) => [authorId ?? [], mentions].flat());
  const names = await namesOf(db, [...idsIn(row), ...ids]);
  return { ...toThread(row, names), comments: comments.map((each) => toComment(each, names)) };
}
