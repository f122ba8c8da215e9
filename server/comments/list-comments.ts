import { readCursor, writeCursor } from '@/lib/api/cursor';
import type { InputOf, ResultOf } from '@/lib/api/define-route';
import type { listComments as contract } from '@/lib/comments/contract';
import type { Actor } from '@/lib/people/schema';
import type { Services } from '@/server/services';
import { requireWorkflow } from '@/server/workflows/require-workflow';
import { countsOf, threadsBefore } from './store';
import { viewThreads } from './view-thread';

/** Threads of a workflow, last active first, with the counts of all of them. Throws `not_found`. */
export async function listComments(
  services: Services,
  actor: Actor,
  { params, query }: InputOf<typeof contract>,
): Promise<ResultOf<typeof contract>> {
  const { pool } = services;
  const { cursor, limit, ...filter } = query;
  const before = readCursor(cursor);
  await requireWorkflow(services, actor, params.id);
  const [rows, counts] = await Promise.all([
    threadsBefore(pool, actor.userId, params.id, filter, { limit, before }),
    countsOf(pool, actor.userId, params.id),
  ]);
  const page = rows.slice(0, limit);
  const last = rows.length > limit ? page.at(-1) : undefined;
  return {
    items: await viewThreads(pool, page),
    counts,
    ...(last ? { nextCursor: writeCursor({ at: last.updatedAt.toISOString(), id: last.id }) } : {}),
  };
}
