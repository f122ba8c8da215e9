import type { InputOf, ResultOf } from '@/lib/api/define-route';
import type { Actor } from '@/lib/people/schema';
import type { duplicateWorkflow as contract } from '@/lib/workflows/contract';
import { copyName } from '@/lib/workflows/copy-name';
import type { Services } from '@/server/services';
import { addWorkflow } from './create-workflow';
import { requireWorkflow } from './require-workflow';
import { problemsOf } from './view-workflow';

/**
 * Makes a workflow of another one's draft as it stands. Connections and agents are named by its steps, so they go along;
 * so do its folder and tags;
 * triggers, versions, locks, comments and runs belong to the first one and stay there. Throws `not_found`.
 */
export async function duplicateWorkflow(
  services: Services,
  actor: Actor,
  { params }: InputOf<typeof contract>,
): Promise<ResultOf<typeof contract>> {
  const { id: of, folder, tags } = await requireWorkflow(services, actor, params.id);
  const draft = await services.drafts.read(of);
  const definition = { ...draft, name: copyName(draft.name) };
  const id = await addWorkflow(services, actor, definition, { of, folder, tags });
  return { id, name: definition.name, problems: await problemsOf(services, actor, definition, id) };
}
