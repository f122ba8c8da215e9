import * as Y from 'yjs';
import type { InputOf, ResultOf } from '@/lib/api/define-route';
import { AppError } from '@/lib/api/errors';
import { catalogue } from '@/lib/nodes/catalogue';
import type { Actor } from '@/lib/people/schema';
import { applyReviews } from '@/lib/suggestions/apply';
import type { decideSuggestion as contract } from '@/lib/suggestions/contract';
import { type Review, reviewChanges, withConnections } from '@/lib/suggestions/review';
import type { Decided } from '@/lib/suggestions/schema';
import { readDraft } from '@/lib/workflows/draft';
import { transaction } from '@/server/db/transaction';
import { notifyDecided } from '@/server/notifications/notify-decided';
import type { Services } from '@/server/services';
import { editDraft } from '@/server/workflows/edit-draft';
import { insertWorkflowAudit } from '@/server/workflows/insert-workflow-audit';
import { requireWorkflow } from '@/server/workflows/require-workflow';
import { requireSuggestion } from './find-suggestion';
import { type SuggestionRow, toView, decideSuggestion as write } from './store';

type Body = InputOf<typeof contract>['body'];

/**
 * Accepts and refuses parts of a suggestion, each for good, and edits the draft with what was accepted unless the
 * caller does. Throws `conflict` naming what somebody else decided first, `already_finished` when nothing is left to
 * decide, `invalid_input` for keys that it does not have, `not_found`.
 */
export async function decideSuggestion(
  services: Services,
  actor: Actor,
  { params, body }: InputOf<typeof contract>,
): Promise<ResultOf<typeof contract>> {
  const { id } = await requireWorkflow(services, actor, params.id);
  const { suggestionId } = params;
  const now = await services.drafts.read(id);
  const { row, told, accepted } = await transaction(services.pool, async (client) => {
    const found = await requireSuggestion(client, actor, id, suggestionId, true);
    const open = openOf(found, body);
    const decided: Decided = { ...found.decided };
    const by = { id: actor.userId, name: actor.name };
    const at = new Date().toISOString();
    const accept = withConnections(open, body.accept, 'accepted', now);
    const refuse = withConnections(open, body.refuse, 'refused', now);
    for (const key of refuse) decided[key] = { as: 'refused', by, at };
    for (const key of accept) decided[key] = { as: 'accepted', by, at };
    const over = found.changes.every(({ key }) => Object.hasOwn(decided, key));
    const status = over ? 'decided' : 'open';
    await write(client, suggestionId, { decided, status, userId: actor.userId });
    const detail = { suggestionId, author: found.authorId, accepted: accept, refused: refuse };
    await insertWorkflowAudit(client, actor, 'workflow.suggestion_decided', id, detail);
    const heard = over ? await notifyDecided(client, actor, found) : [];
    const after = await requireSuggestion(client, actor, id, suggestionId);
    return { row: after, told: heard, accepted: new Set(accept) };
  });
  const applied = body.apply ? await apply(services, actor, row, accepted, body) : { kept: [] };
  const topic = `workspace:${actor.workspaceId}` as const;
  services.bus.publish(topic, { kind: 'suggestion', id });
  for (const person of told) services.bus.publish(topic, { kind: 'notification', id: person });
  return { ...toView(row), ...applied };
}

/** The changes that nobody decided, after a look at the keys that are asked for. */
function openOf({ changes, decided, status }: SuggestionRow, { accept, refuse }: Body) {
  if (status !== 'open') {
    throw new AppError('already_finished', `This suggestion is not open: it is ${status}.`);
  }
  const known = new Set(changes.map(({ key }) => key));
  const asked = [...accept, ...refuse];
  const strange = asked.find((key) => !known.has(key));
  if (strange !== undefined || asked.length === 0 || accept.some((key) => refuse.includes(key))) {
    throw new AppError('invalid_input', 'Name changes of this suggestion, each once.');
  }
  const taken = asked.filter((key) => Object.hasOwn(decided, key));
  const [first] = taken;
  if (first !== undefined) {
    const who = decided[first]?.by.name ?? 'Somebody';
    throw new AppError('conflict', `${who} has decided this already.`, { decided: taken });
  }
  return changes.filter(({ key }) => !Object.hasOwn(decided, key));
}

async function apply(
  services: Services,
  actor: Actor,
  row: SuggestionRow,
  accepted: ReadonlySet<string>,
  { take }: Body,
): Promise<{ editId?: string; kept: string[] }> {
  if (accepted.size === 0) return { kept: [] };
  let reviews: Review[] = [];
  const taken = new Set(take);
  const how = {
    origin: `suggestion:${row.id}`,
    action: 'workflow.edited',
    detail: { suggestionId: row.id, author: row.authorId },
  };
  const { editId } = await editDraft(services, actor, row.workflowId, how, (draft) => {
    const together = new Y.Doc();
    Y.applyUpdate(together, Y.encodeStateAsUpdate(draft.doc));
    Y.applyUpdate(together, row.update);
    const beside = { now: readDraft(draft.doc, catalogue), merged: readDraft(together, catalogue) };
    const chosen = row.changes.filter(({ key }) => accepted.has(key));
    reviews = reviewChanges(chosen, { ...beside, catalogue });
    // Steps that come with this decision make room for their connections.
    applyReviews(draft, reviews, taken);
  });
  return { ...(editId ? { editId } : {}), kept: reviews.filter(isKept(taken)).map(keyOf) };
}

const keyOf = ({ change }: Review) => change.key;
const isKept =
  (taken: ReadonlySet<string>) =>
  ({ change, state, fields }: Review) =>
    state === 'gone' ||
    (state === 'conflict' &&
      !taken.has(change.key) &&
      !fields.some(({ path }) => taken.has(`${change.key}#${path}`)));
