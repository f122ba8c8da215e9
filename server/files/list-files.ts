import { readCursor, writeCursor } from '@/lib/api/cursor';
import type { InputOf, ResultOf } from '@/lib/api/define-route';
import type { listFiles as contract } from '@/lib/files/contract';
import type { Actor } from '@/lib/people/schema';
import type { Services } from '@/server/services';
import { filesBefore } from './store';

/** Files of the workspace that fit the filters, newest first. */
export async function listFiles(
  services: Pick<Services, 'pool'>,
  actor: Actor,
  { query }: InputOf<typeof contract>,
): Promise<ResultOf<typeof contract>> {
  const before = readCursor(query.cursor);
  const files = await filesBefore(services.pool, actor.workspaceId, { ...query, before });
  const items = files.slice(0, query.limit);
  const last = files.length > query.limit ? items.at(-1) : undefined;
  return {
    items,
    ...(last === undefined ? {} : { nextCursor: writeCursor({ at: last.createdAt, id: last.id }) }),
  };
}
