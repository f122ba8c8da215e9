import type { InputOf, ResultOf } from '@/lib/api/define-route';
import type { deleteExperiment as contract } from '@/lib/experiments/contract';
import type { Actor } from '@/lib/people/schema';
import { transaction } from '@/server/db/transaction';
import { insertAudit } from '@/server/people/insert-audit';
import type { Services } from '@/server/services';
import { endExperiment } from './end-experiment';
import { requireExperiment } from './store';

/** Deletes an experiment. Steps that have a variant keep it until they are over, so the rows stay a while. */
export async function deleteExperiment(
  { pool, bus }: Pick<Services, 'pool' | 'bus'>,
  actor: Actor,
  { params: { id } }: InputOf<typeof contract>,
): Promise<ResultOf<typeof contract>> {
  const { workspaceId } = actor;
  await transaction(pool, async (client) => {
    const { name } = await requireExperiment(client, workspaceId, id);
    await endExperiment(client, actor, id);
    await client.query(
      'update experiment set deleted_at = now() where id = $1 and workspace_id = $2',
      [id, workspaceId],
    );
    await insertAudit(client, actor, 'experiment.deleted', { type: 'experiment', id }, { name });
  });
  bus.publish(`workspace:${workspaceId}`, { kind: 'experiment', id });
  return { id };
}
