import * as Y from 'yjs';
import { AppError } from '@/lib/api/errors';
import { catalogue } from '@/lib/nodes/catalogue';
import { changesBetween } from '@/lib/suggestions/changes';
import { type Change, firstHeldClientId, suggestionLimits } from '@/lib/suggestions/schema';
import { type Draft, readDraft } from '@/lib/workflows/draft/draft';
import { type Definition, definitionSchema } from '@/lib/workflows/schema';
import { inspectUpdate, judgeUpdate, nestsTooDeeply } from '@/server/realtime/room/guard';
import { typesAbove } from '@/server/realtime/room/room';
import { applies } from '@/server/workflows/draft/draft-rows';

const isHeld = (client: number) => client >= firstHeldClientId;

/**
 * Applies a held-back update to a scratch copy of the draft, after the checks that an update of the draft itself
 * undergoes, and gives the draft without and with it. It may bring structs of held-back ids alone, from their first
 * on, and name nothing that the draft lacks. Throws `too_large`, `invalid_input`, `conflict`.
 */
export function tryHeld(
  update: Uint8Array,
  scratch: Y.Doc,
): { now: Definition; merged: Definition } {
  const inspection = inspectUpdate(update, Number.MAX_SAFE_INTEGER);
  if ('code' in inspection) {
    const code = inspection.code === 'resync' ? 'conflict' : inspection.code;
    throw new AppError(code, inspection.message);
  }
  const { blocks } = inspection;
  if (blocks.size > suggestionLimits.clients) {
    throw new AppError('invalid_input', 'The suggestion was made under too many client ids.');
  }
  for (const [client, { from }] of blocks) {
    if (!isHeld(client)) throw foreign();
    if (from !== 0) throw incomplete();
  }
  const known = (client: number) =>
    isHeld(client) ? (blocks.get(client)?.to ?? 0) : Y.getState(scratch.store, client);
  if (judgeUpdate(inspection, known, isHeld)) throw incomplete();
  const stored = (client: number) => Y.getState(scratch.store, client);
  if (nestsTooDeeply(inspection, stored, (id) => typesAbove(scratch, id))) {
    throw new AppError('invalid_input', 'The suggestion nests values too deeply.');
  }
  const now = readDraft(scratch, catalogue);
  if (!applies(scratch, update)) {
    throw new AppError('invalid_input', 'The suggestion cannot be applied to this draft.');
  }
  const merged = readDraft(scratch, catalogue);
  const checked = definitionSchema.safeParse(merged);
  if (!checked.success) {
    const [issue] = checked.error.issues;
    const place = issue?.path.join('.') ?? '';
    throw new AppError(
      'invalid_input',
      `With this, the workflow is wrong at ${place}: ${issue?.message}.`,
    );
  }
  return { now, merged };
}

/** What edits of a scratch copy make of the draft, as an update that is held back from it. */
export function holdBack(
  scratch: Y.Doc,
  change: (draft: Draft) => void,
  clientId = heldClientId(),
): { update: Uint8Array; changes: Change[] } {
  const before = readDraft(scratch, catalogue);
  scratch.clientID = clientId;
  const updates: Uint8Array[] = [];
  const keep = (update: Uint8Array) => updates.push(update);
  scratch.on('update', keep);
  change({ doc: scratch, catalogue, origin: 'suggestion' });
  scratch.off('update', keep);
  return {
    update: updates.length === 0 ? new Uint8Array([0, 0]) : Y.mergeUpdates(updates),
    changes: changesBetween(before, readDraft(scratch, catalogue)),
  };
}

/** Any id of that range will do: none of a draft can be the same, and nothing held back enters one. */
const heldClientId = () => firstHeldClientId + Math.floor(Math.random() * 2 ** 52);

const foreign = () =>
  new AppError('invalid_input', 'A suggestion may bring edits under its own client ids alone.');
const incomplete = () =>
  new AppError('conflict', 'The suggestion builds on something that the draft does not have.');
