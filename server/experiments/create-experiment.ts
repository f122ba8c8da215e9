import { randomUUID } from 'node:crypto';
import type { PoolClient } from 'pg';
import type { InputOf, ResultOf } from '@/lib/api/define-route';
import { AppError } from '@/lib/api/errors';
import type { createExperiment as contract } from '@/lib/experiments/contract';
import { maxRunning } from '@/lib/experiments/schema';
import type { Actor } from '@/lib/people/schema';
import { picoOf } from '@/lib/spending/pico';
import { transaction } from '@/server/db/transaction';
import { insertAudit } from '@/server/people/insert-audit';
import type { Services } from '@/server/services';
import { findTarget, type Target } from './find-target';
import { readExperiments } from './store';
import { viewExperiment } from './view-experiment';

/**
 * Starts an experiment. Of a step or an agent one runs at a time: of two people who start one at once the second is told
 * whose it is. Throws as `findTarget`, and `conflict`.
 */
export async function createExperiment(
  services: Services,
  actor: Actor,
  { body }: InputOf<typeof contract>,
): Promise<ResultOf<typeof contract>> {
  const { pool, bus } = services;
  const { workspaceId, userId } = actor;
  const { name, goal, variants, sharePercent, maxCostUsd, maxFailurePercent } = body;
  const target = await findTarget(services, actor, body);
  const id = randomUUID();
  await transaction(pool, async (client) => {
    await requireFree(client, workspaceId, target);
    await client.query(
      `insert into experiment (id, workspace_id, name, workflow_id, step_id, step_name, agent_id, goal, share_b,
         variants, max_cost_pico, max_failure_percent, created_by)
       values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)`,
      [
        ...[id, workspaceId, name, target.workflowId, target.stepId, target.stepName],
        ...[target.agentId, goal, sharePercent, JSON.stringify(variants)],
        ...[maxCostUsd === null ? null : picoOf(maxCostUsd), maxFailurePercent, userId],
      ],
    );
    const detail = { name, target: body.target, goal, sharePercent };
    await insertAudit(client, actor, 'experiment.started', { type: 'experiment', id }, detail);
  });
  bus.publish(`workspace:${workspaceId}`, { kind: 'experiment', id });
  return viewExperiment(pool, workspaceId, id);
}

/** Throws `conflict` where another one runs, or too many do. Starts in a workspace wait for each other. */
async function requireFree(
  client: PoolClient,
  workspaceId: string,
  { workflowId, stepId, agentId }: Target,
): Promise<void> {
  await client.query(`select pg_advisory_xact_lock(hashtext('experiments ' || $1::text))`, [
    workspaceId,
  ]);
  const running = await readExperiments(client, workspaceId, `and e.state = 'running'`);
  const other = running.find((each) =>
    agentId === null
      ? each.workflow_id === workflowId && each.step_id === stepId
      : each.agent_id === agentId,
  );
  if (other !== undefined) {
    const what = agentId === null ? 'step' : 'agent';
    throw new AppError(
      'conflict',
      `${other.starter ?? 'Somebody'} runs the experiment “${other.name}” on this ${what} already. End it first, or wait for it.`,
    );
  }
  if (running.length >= maxRunning) {
    throw new AppError('conflict', `${maxRunning} experiments may run at once. End one first.`);
  }
}
