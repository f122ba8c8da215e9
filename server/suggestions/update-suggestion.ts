import * as Y from 'yjs';
import type { InputOf, ResultOf } from '@/lib/api/define-route';
import { AppError } from '@/lib/api/errors';
import type { Actor } from '@/lib/people/schema';
import { carryBefore, changesBetween } from '@/lib/suggestions/changes';
import type { updateSuggestion as contract } from '@/lib/suggestions/contract';
import { suggestionLimits } from '@/lib/suggestions/schema';
import { transaction } from '@/server/db/transaction';
import { insertAudit } from '@/server/people/insert-audit';
import type { Services } from '@/server/services';
import { requireWorkflow } from '@/server/workflows/require-workflow';
import { requireSuggestion } from './find-suggestion';
import { tryHeld } from './held-update';
import { rewriteSuggestion, type SuggestionRow, toView } from './store';

/**
 * Goes on with the actor's own suggestion while nothing of it was decided. Throws `forbidden` for somebody else's,
 * `already_finished` once it is decided or withdrawn, and as a new suggestion for its update.
 */
export async function updateSuggestion(
  services: Services,
  actor: Actor,
  { params, body }: InputOf<typeof contract>,
): Promise<ResultOf<typeof contract>> {
  const { id } = await requireWorkflow(services, actor, params.id);
  const given = body.update === undefined ? undefined : Buffer.from(body.update, 'base64');
  const scratch = given && (await services.drafts.copy(id));
  if (given && scratch) tryHeld(given, copyOf(scratch));
  const view = await transaction(services.pool, async (client) => {
    const row = await requireSuggestion(client, actor, id, params.suggestionId, true);
    checkOwn(row, actor);
    const united = given && unite(row.update, given);
    const tried = united && scratch && tryHeld(united, copyOf(scratch));
    const changes = tried
      ? carryBefore(row.changes, changesBetween(tried.now, tried.merged))
      : row.changes;
    const { title = row.title, note = row.note, status = row.status } = body;
    if (status !== 'withdrawn') checkOpen(row, given !== undefined || status === 'draft');
    if (status === 'open' && changes.length === 0) {
      throw new AppError('invalid_input', 'This suggestion changes nothing.');
    }
    const update = united ?? row.update;
    await rewriteSuggestion(client, row.id, { title, note, status, changes, update });
    if (status !== row.status) {
      const detail = { suggestionId: row.id, status, changes: changes.length };
      await insertAudit(client, actor, 'workflow.suggested', { type: 'workflow', id: id }, detail);
    }
    return toView(await requireSuggestion(client, actor, id, row.id));
  });
  services.bus.publish(`workspace:${actor.workspaceId}`, { kind: 'suggestion', id });
  return view;
}

function checkOwn(row: SuggestionRow, actor: Actor): void {
  if (row.authorId !== actor.userId) {
    throw new AppError('forbidden', 'Only the author can change a suggestion.');
  }
  if (row.status === 'making') {
    throw new AppError('conflict', 'An agent is still making it. Stop the agent first.');
  }
  if (row.status === 'decided' || row.status === 'withdrawn') {
    throw new AppError('already_finished', `This suggestion is ${row.status}.`);
  }
}

function checkOpen(row: SuggestionRow, reworked: boolean): void {
  if (reworked && Object.keys(row.decided).length > 0) {
    throw new AppError('already_finished', 'Parts of this suggestion were already decided.');
  }
}

/** For trying things on, as often as the transaction is repeated. */
function copyOf(doc: Y.Doc): Y.Doc {
  const copy = new Y.Doc();
  Y.applyUpdate(copy, Y.encodeStateAsUpdate(doc));
  return copy;
}

/**
 * Two tabs of its author send what each of them has: together they are the suggestion. One that came from too many tabs
 * is made anew by its editor, and replaced.
 */
function unite(stored: Buffer, given: Buffer): Buffer {
  const clients = new Set(Y.decodeUpdate(stored).structs.map(({ id }) => id.client));
  return clients.size >= suggestionLimits.clients
    ? given
    : Buffer.from(Y.mergeUpdates([stored, given]));
}
