import type { InputOf, ResultOf } from '@/lib/api/define-route';
import type { Actor } from '@/lib/people/schema';
import type { deleteWorkflow as contract } from '@/lib/workflows/contract';
import { transaction } from '@/server/db/transaction';
import { insertAudit } from '@/server/people/insert-audit';
import type { Services } from '@/server/services';
import { noWorkflow, requireWorkflow } from './require-workflow';
import { markDeleted } from './store';

/** Deletes a workflow: nobody can open or start it any more; its runs stay readable. Throws `not_found`. */
export async function deleteWorkflow(
  services: Services,
  actor: Actor,
  { params }: InputOf<typeof contract>,
): Promise<ResultOf<typeof contract>> {
  const { id, name } = await requireWorkflow(services, actor, params.id);
  await transaction(services.pool, async (client) => {
    if (!(await markDeleted(client, actor.workspaceId, id))) throw noWorkflow();
    await insertAudit(client, actor, 'workflow.deleted', { type: 'workflow', id: id }, { name });
  });
  services.bus.publish(`draft:${id}`, {
    kind: 'reset',
    reason: 'This workflow was deleted.',
    by: 'store',
  });
  services.bus.publish(`workspace:${actor.workspaceId}`, { kind: 'workflow', id });
  return { id };
}
