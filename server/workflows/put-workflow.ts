import type { InputOf, ResultOf } from '@/lib/api/define-route';
import type { Actor } from '@/lib/people/schema';
import type { putWorkflow as contract } from '@/lib/workflows/contract';
import { writeDraft } from '@/lib/workflows/draft';
import type { Services } from '@/server/services';
import { readDefinition } from './read-definition';
import { requireWorkflow } from './require-workflow';
import { insertAudit } from './store';
import { viewWorkflow } from './view-workflow';

/** Replaces the draft by the least edits, which whoever has it open sees. Throws as {@link readDefinition}, `not_found`. */
export async function putWorkflow(
  services: Services,
  actor: Actor,
  { params, body }: InputOf<typeof contract>,
): Promise<ResultOf<typeof contract>> {
  const { id } = await requireWorkflow(services, actor, params.id);
  const definition = readDefinition(body);
  const written = await services.drafts.edit(id, { userId: actor.userId }, (draft) =>
    writeDraft(draft, definition),
  );
  const detail = { name: written.name, nodes: written.nodes.length };
  await insertAudit(services.pool, actor, 'workflow.replaced', id, detail);
  services.bus.publish(`workspace:${actor.workspaceId}`, { kind: 'workflow', id });
  return viewWorkflow(services, actor, await requireWorkflow(services, actor, id), written);
}
