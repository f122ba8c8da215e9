import { randomUUID } from 'node:crypto';
import type { InputOf } from '@/lib/api/define-route';
import type { createExperiment as createContract } from '@/lib/experiments/contract';
import type { Change } from '@/lib/experiments/schema';
import type { Actor } from '@/lib/people/schema';
import type { Services } from '@/server/services';
import { createWorkflow } from '@/server/workflows/create-workflow';
import { publishWorkflow } from '@/server/workflows/publish-workflow';
import { createExperiment } from '../create-experiment';
import { joinExperiment } from '../join-experiment';

export const sol = { provider: 'openai', model: 'gpt-6-sol' } as const;
export const mini = { provider: 'openai', model: 'gpt-5-mini' } as const;
export const at = (id: string) => ({ params: { id }, query: {}, body: undefined });
export type Body = InputOf<typeof createContract>['body'];

/** What tests of experiments do again and again, for one person. */
export function experimentsOf(services: Services, ada: Actor) {
  const publish = async (name: string, nodes: object[]): Promise<string> => {
    const body = { text: JSON.stringify({ name, nodes }), mediaType: 'application/json' };
    const { id } = await createWorkflow(services, ada, { params: {}, query: {}, body });
    await publishWorkflow(services, ada, { ...at(id), body: { note: '' } });
    return id;
  };
  return {
    publish,
    /** A published workflow that asks a model once. */
    aWorkflow(policy?: object): Promise<string> {
      const config = { model: mini, prompt: 'Say one thing.' };
      const more = policy ? { policy } : {};
      return publish('Asking', [{ id: 'ask', type: 'model', name: 'Ask', config, ...more }]);
    },
    begin: (workflowId: string, change: Change, more: Partial<Body> = {}, by = ada) =>
      createExperiment(services, by, {
        ...{ params: {}, query: {} },
        body: {
          ...{ name: 'Two prompts', goal: 'cost', sharePercent: 50 },
          ...{ maxCostUsd: null, maxFailurePercent: null },
          target: { type: 'step', workflowId, stepId: 'ask' },
          variants: [
            { name: 'As it is', change: {} },
            { name: 'Other', change },
          ],
          ...more,
        },
      }),
    /** A run as it is in the database, under way, with what its calls cost. */
    async stored(workflowId: string, calls: readonly bigint[] = [1_000n]): Promise<string> {
      const id = randomUUID();
      await services.pool.query(
        `insert into run (id, workspace_id, workflow_id, version_number, name, mode, trigger, status, definition, input,
           definition_hash)
         values ($1, $2, $3, 1, 'Test', 'live', 'api', 'running', '{}', '{}', 'x')`,
        [id, ada.workspaceId, workflowId],
      );
      await Promise.all(calls.map((cost, place) => spend(services, ada, id, place + 1, cost)));
      return id;
    },
    spend: (runId: string, cost: bigint) => spend(services, ada, runId, 1, cost),
    async finish(runId: string, failed = false): Promise<void> {
      await services.pool.query(
        `with s as (
           insert into step (run_id, step_id, node_id, status, attempt, started_at, finished_at)
           values ($1, 'ask', 'ask', $2, 1, now() - interval '2 seconds', now())
         ) update run set finished_at = now(), status = 'succeeded' where id = $1`,
        [runId, failed ? 'failed' : 'succeeded'],
      );
    },
    join: (runId: string, attempt = 1) =>
      joinExperiment(services.pool, {
        ...{ workspaceId: ada.workspaceId, runId, stepId: 'ask', key: `${runId}/ask`, attempt },
        of: { stepId: 'ask' },
      }),
  };
}

async function spend(
  { pool }: Services,
  { workspaceId }: Actor,
  runId: string,
  attempt: number,
  cost: bigint,
): Promise<void> {
  await pool.query(
    `insert into model_call (id, workspace_id, run_id, root_run_id, step_id, node_id, attempt, mode, provider, model,
       decision, state, held_pico, cost_pico)
     values ($1, $2, $3, $3, 'ask', 'ask', $4, 'live', 'openai', 'm', '{}', 'settled', 0, $5)`,
    [randomUUID(), workspaceId, runId, attempt, cost],
  );
}
