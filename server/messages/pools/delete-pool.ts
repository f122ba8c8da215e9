import type { InputOf, ResultOf } from '@/lib/api/define-route';
import { AppError } from '@/lib/api/errors';
import type * as contracts from '@/lib/messages/pool-contract';
import type { Actor } from '@/lib/people/schema';
import { transaction } from '@/server/db/transaction';
import { insertAudit } from '@/server/people/insert-audit';
import type { Services } from '@/server/services';
import { findMentions } from '@/server/workflows/find-mentions';
import { tellMessages } from '../tell';
import { closePool, poolsOf, topicsOfPool } from './pool-store';

const noPool = () => new AppError('not_found', 'This pool does not exist.');

/** What the deletion of a pool would affect. Throws `not_found`. */
export async function getPoolUses(
  services: Pick<Services, 'pool' | 'drafts'>,
  { workspaceId }: Actor,
  { params: { id } }: InputOf<typeof contracts.getPoolUses>,
): Promise<ResultOf<typeof contracts.getPoolUses>> {
  const [pool] = await poolsOf(services.pool, workspaceId, id);
  if (pool === undefined) throw noPool();
  const [found, topics] = await Promise.all([
    findMentions(services, workspaceId, {
      ...{ widget: 'template', value: pool.name },
      fits: (config) => config.kind === 'pool',
    }),
    topicsOfPool(services.pool, workspaceId, id),
  ]);
  const workflows = found.map(({ workflowId, workflowName, steps }) => ({
    ...{ id: workflowId, name: workflowName, steps },
  }));
  return { waiting: pool.waiting, held: pool.held, topics, workflows };
}

/**
 * Deletes a pool: what waits in it is cancelled with the reason, what is worked on goes on to its end, and nothing comes
 * into it any more. Who waits for a reply hears of it. Throws `not_found`.
 */
export async function deletePool(
  { pool, bus }: Pick<Services, 'pool' | 'bus'>,
  actor: Actor,
  { params: { id } }: InputOf<typeof contracts.deletePool>,
): Promise<ResultOf<typeof contracts.deletePool>> {
  const { workspaceId } = actor;
  const cancelled = await transaction(pool, async (client) => {
    const closed = await closePool(client, workspaceId, id, actor.name);
    if (closed === undefined) throw noPool();
    const { name, cancelled: count } = closed;
    const detail = { name, cancelled: count };
    await insertAudit(client, actor, 'pool.deleted', { type: 'pool', id }, detail);
    return count;
  });
  tellMessages(bus, workspaceId);
  return { id, cancelled };
}
