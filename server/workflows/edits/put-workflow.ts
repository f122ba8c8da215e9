import type { InputOf, ResultOf } from '@/lib/api/define-route';
import { readIfMatch } from '@/lib/api/if-match';
import type { Actor } from '@/lib/people/schema';
import type { putWorkflow as contract } from '@/lib/workflows/contract';
import { writeDraft } from '@/lib/workflows/draft/draft';
import type { Services } from '@/server/services';
import { readDefinition } from '../read-definition';
import { requireWorkflow } from '../require-workflow';
import { viewWorkflow } from '../view-workflow';
import { editDraft } from './edit-draft';

/**
 * Replaces the draft, which whoever has it open sees; with `If-Match` only where nobody has changed it since. Throws as
 * {@link readDefinition} and {@link editDraft}.
 */
export async function putWorkflow(
  services: Services,
  actor: Actor,
  { params, body }: InputOf<typeof contract>,
  request?: Request,
): Promise<ResultOf<typeof contract>> {
  const { id } = await requireWorkflow(services, actor, params.id);
  const definition = await readDefinition(services, actor.workspaceId, body);
  const ifNumber = readIfMatch(request?.headers.get('if-match'));
  const how = { source: 'api', action: 'workflow.replaced', ifNumber };
  const written = await editDraft(services, actor, id, how, (draft) =>
    writeDraft(draft, definition),
  );
  const { editId, repaired } = written;
  const row = await requireWorkflow(services, actor, id);
  const view = await viewWorkflow(services, actor, row, written);
  return {
    ...view,
    ...(editId ? { editId } : {}),
    ...(repaired ? { repaired: repaired.text } : {}),
  };
}
