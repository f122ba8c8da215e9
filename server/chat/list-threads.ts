import { readCursor, writeCursor } from '@/lib/api/cursor';
import type { InputOf, ResultOf } from '@/lib/api/define-route';
import type { listThreads as contract } from '@/lib/chat/contract';
import type { Actor } from '@/lib/people/schema';
import type { Services } from '@/server/services';
import { threadsBefore, toThread } from './store';

/** Threads of the workspace, last active first.  */
export async function listThreads(
  services: Services,
  actor: Actor,
  { query }: InputOf<typeof contract>,
): Promise<ResultOf<typeof contract>> {
  const before = readCursor(query.cursor);
  const rows = await threadsBefore(services.prisma, actor.workspaceId, query.limit + 1, before);
  const page = rows.slice(0, query.limit);
  const last = rows.length > query.limit ? page.at(-1) : undefined;
  return {
    items: page.map(toThread),
    ...(last === undefined
      ? {}
      : { nextCursor: writeCursor({ at: last.updatedAt.toISOString(), id: last.id }) }),
  };
}
