import type { InputOf, ResultOf } from '@/lib/api/define-route';
import type { Actor } from '@/lib/people/schema';
import type { deleteWorkflow as contract } from '@/lib/workflows/contract';
import { transaction } from '@/server/db/transaction';
import { insertAudit } from '@/server/people/insert-audit';
import type { Services } from '@/server/services';
import { noWorkflow } from '../require-workflow';
import { findTrashed } from '../store';
import { moveToTrash } from './store';

/**
 * Moves a workflow to the trash: nobody can open or start it until it is restored, and its triggers rest. Runs under way
 * go on. Where it is there already, nothing is done. Throws `not_found`.
 */
export async function deleteWorkflow(
  { pool, bus }: Pick<Services, 'pool' | 'bus'>,
  actor: Actor,
  { params: { id } }: InputOf<typeof contract>,
): Promise<ResultOf<typeof contract>> {
  const moved = await transaction(pool, async (client) => {
    const name = await moveToTrash(client, actor.workspaceId, id, actor.userId);
    if (name === undefined) {
      if (await findTrashed(client, actor.workspaceId, id)) return false;
      throw noWorkflow();
    }
    await insertAudit(client, actor, 'workflow.deleted', { type: 'workflow', id }, { name });
    return true;
  });
  if (moved) {
    bus.publish(`draft:${id}`, { kind: 'reset', reason: 'trash', by: 'store' });
    bus.publish(`workspace:${actor.workspaceId}`, { kind: 'workflow', id });
  }
  return { id };
}
