import type { InputOf, ResultOf } from '@/lib/api/define-route';
import { AppError } from '@/lib/api/errors';
import type { Actor } from '@/lib/people/schema';
import type { purgeWorkflow as contract } from '@/lib/workflows/trash-contract';
import { transaction } from '@/server/db/transaction';
import { insertAudit } from '@/server/people/insert-audit';
import type { Services } from '@/server/services';
import { noWorkflow } from '../require-workflow';
import { finishPurge } from './finish-purge';
import { holdTrashed, markPurged } from './store';

/**
 * Deletes a workflow in the trash for good; its runs are kept and name none any more. What is left undone when this
 * process dies, the sweeper does. Throws `not_found` for what is not in the trash, `conflict` while runs of it go on.
 */
export async function purgeWorkflow(
  { pool, bus }: Pick<Services, 'pool' | 'bus'>,
  actor: Actor,
  { params: { id } }: InputOf<typeof contract>,
): Promise<ResultOf<typeof contract>> {
  await transaction(pool, async (client) => {
    const held = await holdTrashed(client, actor.workspaceId, id);
    if (!held) throw noWorkflow();
    const { name, going } = held;
    if (going) {
      throw new AppError(
        'conflict',
        `Runs of “${name}” are still going. Cancel them, or wait until they end. Nothing was deleted.`,
      );
    }
    await markPurged(client, [id]);
    await insertAudit(client, actor, 'workflow.purged', { type: 'workflow', id }, { name });
  });
  bus.publish(`workspace:${actor.workspaceId}`, { kind: 'workflow', id });
  await finishPurge(pool, id);
  return { id };
}
