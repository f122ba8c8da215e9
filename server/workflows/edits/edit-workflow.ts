import type { InputOf, ResultOf } from '@/lib/api/define-route';
import { AppError } from '@/lib/api/errors';
import { readIfMatch } from '@/lib/api/if-match';
import type { Actor } from '@/lib/people/schema';
import type { Draft } from '@/lib/workflows/draft/draft';
import type { editWorkflow as contract } from '@/lib/workflows/edits/edit-contract';
import { ImpossibleEdit, makeEdits } from '@/lib/workflows/edits/named-edits';
import type { Services } from '@/server/services';
import { requireWorkflow } from '../require-workflow';
import { problemsOf } from '../view-workflow';
import { editDraft } from './edit-draft';

type Edits = InputOf<typeof contract>['body']['edits'];

/** Makes named edits of a draft, all or none. Throws `invalid_input` with the first that cannot be made. */
export function makeAllEdits(draft: Draft, edits: Edits): void {
  try {
    makeEdits(draft, edits);
  } catch (error) {
    if (!ImpossibleEdit.isInstance(error)) throw error;
    const { index, message } = error;
    throw new AppError('invalid_input', message, { issues: [{ path: `edits.${index}`, message }] });
  }
}

/** Makes named edits of a workflow's draft, all or none. Throws as {@link makeAllEdits}, `not_found`. */
export async function editWorkflow(
  services: Services,
  actor: Actor,
  { params, body }: InputOf<typeof contract>,
  request?: Request,
): Promise<ResultOf<typeof contract>> {
  const { id } = await requireWorkflow(services, actor, params.id);
  const ifNumber = readIfMatch(request?.headers.get('if-match'));
  const how = { source: 'api', action: 'workflow.edited', ifNumber };
  const { definition, editId, number, repaired } = await editDraft(
    services,
    actor,
    id,
    how,
    (draft) => makeAllEdits(draft, body.edits),
  );
  const problems = await problemsOf(services, actor, definition, params.id);
  return {
    ...(editId ? { editId } : {}),
    draftNumber: number,
    ...(repaired ? { repaired: repaired.text } : {}),
    problems,
  };
}
