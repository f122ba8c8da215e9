import { readCursor, writeCursor } from '@/lib/api/cursor';
import type { InputOf, ResultOf } from '@/lib/api/define-route';
import type { listNotificationDeliveries as contract } from '@/lib/notifications/settings-contract';
import type { Actor } from '@/lib/people/schema';
import type { Services } from '@/server/services';
import { deliveriesBefore } from './delivery-store';

export async function listNotificationDeliveries(
  { pool }: Pick<Services, 'pool'>,
  actor: Actor,
  { query: { limit, cursor } }: InputOf<typeof contract>,
): Promise<ResultOf<typeof contract>> {
  const before = readCursor(cursor);
  const rows = await deliveriesBefore(pool, actor.workspaceId, { limit, before });
  const page = rows.slice(0, limit);
  const last = rows.length > limit ? page.at(-1) : undefined;
  return {
    items: page.map(({ createdAt, nextAt, endedAt, ...row }) => ({
      ...row,
      createdAt: createdAt.toISOString(),
      nextAt: row.state === 'due' ? nextAt.toISOString() : null,
      endedAt: endedAt?.toISOString() ?? null,
    })),
    ...(last ? { nextCursor: writeCursor({ at: last.createdAt.toISOString(), id: last.id }) } : {}),
  };
}
