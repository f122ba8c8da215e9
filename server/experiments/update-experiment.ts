import type { InputOf, ResultOf } from '@/lib/api/define-route';
import type { updateExperiment as contract } from '@/lib/experiments/contract';
import type { Actor } from '@/lib/people/schema';
import { picoOf } from '@/lib/spending/pico';
import { transaction } from '@/server/db/transaction';
import { insertAudit } from '@/server/people/insert-audit';
import type { Services } from '@/server/services';
import { endExperiment } from './end-experiment';
import { requireExperiment } from './store';
import { viewExperiment } from './view-experiment';

/** Renames an experiment, changes its guardrails, or ends it. One that is over stays so. Throws `not_found`. */
export async function updateExperiment(
  { pool, bus }: Pick<Services, 'pool' | 'bus'>,
  actor: Actor,
  { params: { id }, body }: InputOf<typeof contract>,
): Promise<ResultOf<typeof contract>> {
  const { workspaceId } = actor;
  const { name, maxCostUsd, maxFailurePercent, state } = body;
  await transaction(pool, async (client) => {
    await requireExperiment(client, workspaceId, id);
    await client.query(
      `update experiment set name = coalesce($3, name), max_cost_pico = case when $4 then $5::bigint else max_cost_pico end,
         max_failure_percent = case when $6 then $7::int else max_failure_percent end
       where id = $1 and workspace_id = $2`,
      [
        ...[id, workspaceId, name ?? null],
        ...[maxCostUsd !== undefined, typeof maxCostUsd === 'string' ? picoOf(maxCostUsd) : null],
        ...[maxFailurePercent !== undefined, maxFailurePercent ?? null],
      ],
    );
    if (state === 'ended') await endExperiment(client, actor, id);
    await insertAudit(client, actor, 'experiment.changed', { type: 'experiment', id }, body);
  });
  bus.publish(`workspace:${workspaceId}`, { kind: 'experiment', id });
  return viewExperiment(pool, workspaceId, id);
}
