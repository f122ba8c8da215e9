import { readCursor, writeCursor } from '@/lib/api/cursor';
import type { InputOf, ResultOf } from '@/lib/api/define-route';
import { toPlain } from '@/lib/comments/mentions';
import type {
  listNotifications as contract,
  countNotifications as countContract,
} from '@/lib/notifications/contract';
import type { Actor } from '@/lib/people/schema';
import type { Services } from '@/server/services';
import { countUnread, namesOf, notificationsBefore } from './store';

/** How much of a comment a notification shows. */
const textLength = 160;

/** The actor's own notifications in this workspace, newest first; those of deleted workflows are left out. */
export async function listNotifications(
  { pool }: Services,
  actor: Actor,
  { query }: InputOf<typeof contract>,
): Promise<ResultOf<typeof contract>> {
  const { limit, unread, waiting } = query;
  const rows = await notificationsBefore(pool, actor, {
    limit,
    unread,
    waiting,
    before: readCursor(query.cursor),
  });
  const page = rows.slice(0, limit);
  const last = rows.length > limit ? page.at(-1) : undefined;
  const names = await namesOf(
    pool,
    page.flatMap((row) => row.mentions ?? []),
  );
  return {
    items: page.map((row) => ({
      id: row.id,
      kind: row.kind,
      actor: row.actorId && row.actorName ? { id: row.actorId, name: row.actorName } : null,
      workflow:
        row.workflowId === null || row.workflowName === null
          ? null
          : { id: row.workflowId, name: row.workflowName },
      ...(row.budgetId === null ? {} : { budgetId: row.budgetId }),
      ...(row.threadId === null ? {} : { threadId: row.threadId }),
      ...(row.suggestionId === null ? {} : { suggestionId: row.suggestionId }),
      ...(row.runId === null ? {} : { runId: row.runId }),
      ...(row.stepId === null ? {} : { stepId: row.stepId }),
      text: toPlain(row.body ?? '', names).slice(0, textLength),
      ...(row.open === null ? {} : { open: row.open }),
      ...(row.count === null ? {} : { count: row.count }),
      createdAt: row.createdAt.toISOString(),
      readAt: row.readAt?.toISOString() ?? null,
    })),
    ...(last ? { nextCursor: writeCursor({ at: last.createdAt.toISOString(), id: last.id }) } : {}),
  };
}

/** How many of the actor's notifications are unread; counts to 100. */
export async function countNotifications(
  { pool }: Services,
  actor: Actor,
): Promise<ResultOf<typeof countContract>> {
  return { unread: await countUnread(pool, actor) };
}
