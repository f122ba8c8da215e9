import type { InputOf, ResultOf } from '@/lib/api/define-route';
import { AppError } from '@/lib/api/errors';
import type { Actor } from '@/lib/people/schema';
import { changesBetween } from '@/lib/suggestions/changes';
import type { createSuggestion as contract } from '@/lib/suggestions/contract';
import { type Change, suggestionLimits } from '@/lib/suggestions/schema';
import { writeDraft } from '@/lib/workflows/draft/draft';
import { transaction } from '@/server/db/transaction';
import { insertAudit } from '@/server/people/insert-audit';
import type { Services } from '@/server/services';
import { makeAllEdits } from '@/server/workflows/edits/edit-workflow';
import { readDefinition } from '@/server/workflows/read-definition';
import { requireWorkflow } from '@/server/workflows/require-workflow';
import { requireSuggestion } from './find-suggestion';
import { holdBack, tryHeld } from './held-update';
import { countUndecided, insertSuggestion, toView } from './store';

type Body = InputOf<typeof contract>['body'];
type Held = { update: Uint8Array; changes: Change[] };

/**
 * Keeps edits that somebody proposes; the draft stays as it is. Throws `invalid_input` for what cannot be read or
 * made, `too_large`, `conflict` for what builds on something that the draft lacks, `not_found`.
 */
export async function createSuggestion(
  services: Services,
  actor: Actor,
  { params, body }: InputOf<typeof contract>,
): Promise<ResultOf<typeof contract>> {
  const { id } = await requireWorkflow(services, actor, params.id);
  const held = await heldOf(services, actor.workspaceId, id, body);
  if (held.changes.length === 0 && body.status === 'open') throw nothing();
  const { title, note, status } = body;
  const origin = actor.apiKeyId === undefined ? 'person' : 'api';
  const { workspaceId, userId } = actor;
  const view = await transaction(services.pool, async (client) => {
    if ((await countUndecided(client, id)) >= suggestionLimits.open) {
      throw new AppError('conflict', 'This workflow has too many open suggestions.');
    }
    const made = { workspaceId, workflowId: id, title, note, status, origin, authorId: userId };
    const suggestionId = await insertSuggestion(client, { ...made, ...held });
    const detail = { suggestionId, status, changes: held.changes.length };
    await insertAudit(client, actor, 'workflow.suggested', { type: 'workflow', id: id }, detail);
    return toView(await requireSuggestion(client, actor, id, suggestionId));
  });
  services.bus.publish(`workspace:${workspaceId}`, { kind: 'suggestion', id });
  return view;
}

async function heldOf(
  services: Services,
  workspaceId: string,
  workflowId: string,
  body: Body,
): Promise<Held> {
  const { definition, edits, update } = body;
  if ([definition, edits, update].filter((each) => each !== undefined).length !== 1) {
    throw new AppError('invalid_input', 'Send exactly one of definition, edits and update.');
  }
  const wanted =
    definition === undefined ? undefined : await readDefinition(services, workspaceId, definition);
  const scratch = await services.drafts.copy(workflowId);
  if (update !== undefined) {
    const bytes = Buffer.from(update, 'base64');
    const { now, merged } = tryHeld(bytes, scratch);
    return { update: bytes, changes: changesBetween(now, merged) };
  }
  const held = holdBack(scratch, (draft) => {
    if (wanted) writeDraft(draft, wanted);
    if (edits) makeAllEdits(draft, edits);
  });
  if (held.update.byteLength > suggestionLimits.update) {
    throw new AppError('too_large', `A suggestion may have ${suggestionLimits.update} bytes.`);
  }
  return held;
}

const nothing = () => new AppError('invalid_input', 'This suggestion changes nothing.');
