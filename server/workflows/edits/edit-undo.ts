import type { InputOf, ResultOf } from '@/lib/api/define-route';
import { AppError } from '@/lib/api/errors';
import { catalogue } from '@/lib/nodes/catalogue';
import { can } from '@/lib/people/can';
import type { Actor } from '@/lib/people/schema';
import { applyReviews, fieldKey } from '@/lib/suggestions/apply';
import { reverse } from '@/lib/suggestions/changes';
import { type Review, reviewChanges } from '@/lib/suggestions/review';
import { readDraft } from '@/lib/workflows/draft/draft';
import type { undoEdit as contract } from '@/lib/workflows/edits/edit-contract';
import type { Services } from '@/server/services';
import { requireWorkflow } from '../require-workflow';
import { problemsOf } from '../view-workflow';
import { editDraft } from './edit-draft';
import { claimUndo, findEdit } from './edit-store';

/**
 * Takes back what an edit through the API changed, where nobody changed the same since. Throws `conflict` with what
 * stays, unless a part is asked for; `already_finished` when it was taken back before; `not_found`.
 */
export async function undoEdit(
  services: Services,
  actor: Actor,
  { params, body }: InputOf<typeof contract>,
): Promise<ResultOf<typeof contract>> {
  const { id } = await requireWorkflow(services, actor, params.id);
  const made = await findEdit(services.pool, id, body.editId);
  const mine = made?.userId === actor.userId || can(actor.role, 'workspace.manage');
  if (!made || !mine) throw new AppError('not_found', 'This edit does not exist.');
  if (made.undone) throw undoneBefore();
  let stays: string[] = [];
  const { definition, editId, number } = await editDraft(
    services,
    actor,
    id,
    {
      source: 'undo',
      action: 'workflow.edit_undone',
      detail: { undid: body.editId },
      alongside: async (client) => {
        if (!(await claimUndo(client, body.editId))) throw undoneBefore();
      },
    },
    (draft) => {
      const now = readDraft(draft.doc, catalogue);
      const reviews = reviewChanges(reverse(made.changes), { now, catalogue });
      stays = reviews.flatMap(staying);
      if (stays.length > 0 && !body.partial) throw changedSince(stays);
      applyReviews(draft, reviews);
    },
  );
  const problems = await problemsOf(services, actor, definition, params.id);
  return { ...(editId ? { editId } : {}), draftNumber: number, stays, problems };
}

const undoneBefore = () => new AppError('already_finished', 'This edit was already undone.');

/** What of a change cannot be taken back because others changed it since. */
function staying({ change, state, fields }: Review): string[] {
  if (state === 'gone') return [change.key];
  if (state !== 'conflict') return [];
  const paths = fields.filter((field) => field.state === 'conflict');
  return paths.length === 0 ? [change.key] : paths.map(({ path }) => fieldKey(change.key, path));
}

const changedSince = (stays: string[]) =>
  new AppError(
    'conflict',
    `Others have changed ${stays.length === 1 ? 'a part' : `${stays.length} parts`} of it since. Send "partial": true to undo the rest.`,
    { stays },
  );
