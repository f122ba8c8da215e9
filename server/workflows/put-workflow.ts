import type { InputOf, ResultOf } from '@/lib/api/define-route';
import type { Actor } from '@/lib/people/schema';
import type { putWorkflow as contract } from '@/lib/workflows/contract';
import { writeDraft } from '@/lib/workflows/draft';
import type { Services } from '@/server/services';
import { editDraft } from './edit-draft';
import { readDefinition } from './read-definition';
import { requireWorkflow } from './require-workflow';
import { viewWorkflow } from './view-workflow';

/** Replaces the draft by the least edits, which whoever has it open sees. Throws as {@link readDefinition}, `not_found`. */
export async function putWorkflow(
  services: Services,
  actor: Actor,
  { params, body }: InputOf<typeof contract>,
): Promise<ResultOf<typeof contract>> {
  const { id } = await requireWorkflow(services, actor, params.id);
  const definition = readDefinition(body);
  const how = { origin: 'api', action: 'workflow.replaced' };
  const { definition: written, editId } = await editDraft(services, actor, id, how, (draft) =>
    writeDraft(draft, definition),
  );
  const row = await requireWorkflow(services, actor, id);
  const view = await viewWorkflow(services, actor, row, written);
  return { ...view, ...(editId ? { editId } : {}) };
}
