import { isDeepStrictEqual } from 'node:util';
import type { PoolClient } from 'pg';
import * as Y from 'yjs';
import type { InputOf, ResultOf } from '@/lib/api/define-route';
import { AppError } from '@/lib/api/errors';
import { catalogue } from '@/lib/nodes/catalogue';
import type { Actor } from '@/lib/people/schema';
import { applyReviews } from '@/lib/suggestions/apply';
import type { decideSuggestion as contract } from '@/lib/suggestions/contract';
import { type Review, reviewChanges, withConnections } from '@/lib/suggestions/review';
import type { Decided } from '@/lib/suggestions/schema';
import { type Draft, readDraft } from '@/lib/workflows/draft/draft';
import type { Definition } from '@/lib/workflows/schema';
import { transaction } from '@/server/db/transaction';
import { notifyDecided } from '@/server/notifications/notify-decided';
import { insertAudit } from '@/server/people/insert-audit';
import type { Services } from '@/server/services';
import { editDraft } from '@/server/workflows/edits/edit-draft';
import { requireWorkflow } from '@/server/workflows/require-workflow';
import { requireSuggestion } from './find-suggestion';
import { type SuggestionRow, toView, decideSuggestion as writeDecision } from './store';

type Body = InputOf<typeof contract>['body'];
type Decision = { row: SuggestionRow; notified: string[] };
type Done = Decision & { editId?: string; kept: string[] };

/** How often a decision is begun anew because somebody decided about other parts of the suggestion meanwhile. */
const maxTries = 10;

/**
 * Accepts and refuses parts of a suggestion, each for good. The decision, the edit of the draft with what was accepted,
 * and the lines of the audit trail are one commit. Throws `conflict` naming what somebody else decided first,
 * `already_finished` when nothing is left to decide, `locked` where it touches what another has locked, `too_large`,
 * `invalid_input` for keys that it does not have, and `not_found`: nothing is decided and nothing edited then.
 */
export async function decideSuggestion(
  services: Services,
  actor: Actor,
  { params, body }: InputOf<typeof contract>,
): Promise<ResultOf<typeof contract>> {
  const { id } = await requireWorkflow(services, actor, params.id);
  const about = { id, suggestionId: params.suggestionId };
  const decide = body.accept.length > 0 ? accept : refuse;
  const { row, notified, editId, kept } = await decide(services, actor, about, body);
  const topic = `workspace:${actor.workspaceId}` as const;
  services.bus.publish(topic, { kind: 'suggestion', id });
  for (const person of notified) services.bus.publish(topic, { kind: 'notification', id: person });
  return { ...toView(row), ...(editId ? { editId } : {}), kept };
}

type About = { id: string; suggestionId: string };

/** Refuses alone: no edit belongs to it, so that no lock is in its way. */
async function refuse(
  services: Services,
  actor: Actor,
  { id, suggestionId }: About,
  body: Body,
): Promise<Done> {
  const now = await services.drafts.read(id);
  const decision = await transaction(services.pool, async (client) => {
    const found = await requireSuggestion(client, actor, id, suggestionId, true);
    return write(client, actor, found, chosenOf(found, body, now));
  });
  return { ...decision, kept: [] };
}

/** Decides on the newest draft while nobody else can write it, and edits it in the same commit. */
async function accept(
  services: Services,
  actor: Actor,
  { id, suggestionId }: About,
  body: Body,
): Promise<Done> {
  for (let left = maxTries; ; left -= 1) {
    const found = await requireSuggestion(services.pool, actor, id, suggestionId);
    openOf(found, body);
    let chosen: Chosen = { accept: [], refuse: [] };
    let kept: string[] = [];
    let decision: Decision | undefined;
    /** The suggestion is not any more what the edit was made from. */
    let meanwhile = false;
    const how = {
      source: `suggestion:${suggestionId}`,
      action: 'workflow.edited',
      detail: { suggestionId, author: found.authorId },
      // Whoever accepts in a browser sees what they did.
      quiet: actor.apiKeyId === undefined,
      alongside: async (client: PoolClient) => {
        const row = await requireSuggestion(client, actor, id, suggestionId, true);
        meanwhile = !isDeepStrictEqual(row, found);
        if (meanwhile) throw decidingToo();
        decision = await write(client, actor, row, chosen);
      },
    };
    try {
      const { editId } = await editDraft(services, actor, id, how, (draft) => {
        const now = readDraft(draft.doc, catalogue);
        chosen = chosenOf(found, body, now);
        kept = apply(draft, now, found, new Set(chosen.accept), new Set(body.take));
      });
      if (!decision) throw new AppError('internal', 'The decision was not written.');
      return { ...(decision as Decision), ...(editId ? { editId } : {}), kept };
    } catch (error) {
      if (!meanwhile || left === 1) throw error;
    }
  }
}

type Chosen = { accept: readonly string[]; refuse: readonly string[] };

function chosenOf(found: SuggestionRow, body: Body, now: Definition): Chosen {
  const open = openOf(found, body);
  return {
    accept: withConnections(open, body.accept, 'accepted', now),
    refuse: withConnections(open, body.refuse, 'refused', now),
  };
}

async function write(
  client: PoolClient,
  actor: Actor,
  found: SuggestionRow,
  { accept: accepted, refuse: refused }: Chosen,
): Promise<Decision> {
  const decided: Decided = { ...found.decided };
  const by = { id: actor.userId, name: actor.name };
  const at = new Date().toISOString();
  for (const key of refused) decided[key] = { as: 'refused', by, at };
  for (const key of accepted) decided[key] = { as: 'accepted', by, at };
  const over = found.changes.every(({ key }) => Object.hasOwn(decided, key));
  const status = over ? 'decided' : 'open';
  await writeDecision(client, found.id, { decided, status, userId: actor.userId });
  const { id: suggestionId, workflowId, authorId } = found;
  const detail = { suggestionId, author: authorId, accepted, refused };
  await insertAudit(
    client,
    actor,
    'workflow.suggestion_decided',
    { type: 'workflow', id: workflowId },
    detail,
  );
  const notified = over ? await notifyDecided(client, actor, found) : [];
  return { row: await requireSuggestion(client, actor, workflowId, suggestionId), notified };
}

/** The changes that nobody decided, after a look at the keys that are asked for. */
function openOf({ changes, decided, status }: SuggestionRow, { accept, refuse }: Body) {
  if (status === 'making') {
    throw new AppError('conflict', 'An agent is still making it. Wait for its end, or stop it.');
  }
  if (status !== 'open') {
    throw new AppError('already_finished', `This suggestion is no longer open: it is ${status}.`);
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
    throw new AppError('conflict', `${who} already decided on this.`, { decided: taken });
  }
  return changes.filter(({ key }) => !Object.hasOwn(decided, key));
}

/** Edits the draft with what was accepted. Gives the keys of what others had changed since: that stayed as it was. */
function apply(
  draft: Draft,
  now: Definition,
  row: SuggestionRow,
  accepted: ReadonlySet<string>,
  taken: ReadonlySet<string>,
): string[] {
  const together = new Y.Doc();
  Y.applyUpdate(together, Y.encodeStateAsUpdate(draft.doc));
  Y.applyUpdate(together, row.update);
  const beside = { now, merged: readDraft(together, catalogue) };
  const chosen = row.changes.filter(({ key }) => accepted.has(key));
  const reviews = reviewChanges(chosen, { ...beside, catalogue });
  // By the least edits: somebody may be typing in the same text.
  applyReviews({ ...draft, texts: 'merge' }, reviews, taken);
  return reviews.filter(isKept(taken)).map(keyOf);
}

const keyOf = ({ change }: Review) => change.key;
const isKept =
  (taken: ReadonlySet<string>) =>
  ({ change, state, fields }: Review) =>
    state === 'gone' ||
    (state === 'conflict' &&
      !taken.has(change.key) &&
      !fields.some(({ path }) => taken.has(`${change.key}#${path}`)));

const decidingToo = () =>
  new AppError('conflict', 'Someone else is deciding on this suggestion. Try again.');
