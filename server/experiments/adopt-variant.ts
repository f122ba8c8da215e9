import { z } from 'zod';
import { agentInputSchema } from '@/lib/agents/schema';
import type { InputOf, ResultOf } from '@/lib/api/define-route';
import { AppError } from '@/lib/api/errors';
import { stepSettings } from '@/lib/experiments/apply';
import type { adoptVariant as contract } from '@/lib/experiments/contract';
import type { Actor } from '@/lib/people/schema';
import { getAgent } from '@/server/agents/get-agent';
import { updateAgent } from '@/server/agents/update-agent';
import { transaction } from '@/server/db/transaction';
import type { Services } from '@/server/services';
import { editDraft } from '@/server/workflows/edits/edit-draft';
import { makeAllEdits } from '@/server/workflows/edits/edit-workflow';
import { endExperiment } from './end-experiment';
import { requireExperiment, variantOfRow } from './store';
import { viewExperiment } from './view-experiment';

/**
 * Takes over the settings of a variant: of a step as an ordinary edit of the draft, which people see, can undo, and
 * publish; of an agent as a new version of it. The experiment ends. Throws `not_found`, and as an edit does.
 */
export async function adoptVariant(
  services: Services,
  actor: Actor,
  { params: { id }, body: { variant } }: InputOf<typeof contract>,
): Promise<ResultOf<typeof contract>> {
  const { pool, bus } = services;
  const { workspaceId } = actor;
  const row = await requireExperiment(pool, workspaceId, id);
  const { change, name } = variantOfRow(row, variant);
  if (row.agent_id !== null) {
    const params = { id: row.agent_id };
    const agent = await getAgent(services, actor, { params, query: {}, body: undefined });
    const { id: _, version, createdAt, updatedAt, ...input } = agent;
    const { model = input.model, instructions = input.instructions } = change;
    const body = agentInputSchema.parse({ ...input, model, instructions });
    // What somebody saved in between is not undone by it.
    await updateAgent(services, actor, { params, query: { version }, body });
  } else if (row.workflow_id !== null && row.step_id !== null) {
    const { step_id: nodeId } = row;
    const edits = Object.entries(stepSettings(change)).map(([field, value]) => ({
      ...({ edit: 'setField', nodeId } as const),
      ...{ path: [field], value: z.json().parse(value) },
    }));
    const detail = { experiment: row.name, variant: `${variant} (${name})` };
    const how = { source: 'api', action: 'workflow.edited', detail };
    if (edits.length > 0) {
      await editDraft(services, actor, row.workflow_id, how, (draft) => makeAllEdits(draft, edits));
    }
  } else throw new AppError('conflict', 'What this experiment was of is gone.');
  await transaction(pool, async (client) => {
    await endExperiment(client, actor, id);
    await client.query('update experiment set adopted = $3 where id = $1 and workspace_id = $2', [
      id,
      workspaceId,
      variant,
    ]);
  });
  bus.publish(`workspace:${workspaceId}`, { kind: 'experiment', id });
  return viewExperiment(pool, workspaceId, id);
}
