import * as Y from 'yjs';
import type { DraftJoined } from '@/lib/realtime/messages';
import type { OpenCopy } from '../draft-copy';
import type { KeptBase, KeptEdit } from '../kept-edit';
import { divideByLocks, isNothing, nothingTouched, sizeOf, transplant } from '../transplant';
import type { KeptDraft, Left } from './keep';
import {
  idsOf,
  type SetAside,
  setAsideOf,
  setAsideOfLeft,
  tryApply,
  type WhySetAside,
} from './set-aside';

/** A copy that the server could not follow, and where its unsaved edits lie on the disk. */
export type Carried = { copy: OpenCopy; kept: KeptDraft | undefined };

/** Edits from elsewhere that an open copy is to take in. */
export type Incoming = { left: Left | undefined; carried: Carried | undefined };

/** Does edits from elsewhere again on a copy, and gives what of them must be set aside, and why. */
export function takeIn(
  { left, carried }: Incoming,
  copy: OpenCopy,
  answer: DraftJoined,
  workflowId: string,
): SetAside[] {
  const about = { workflowId, userId: answer.userId };
  const server: KeptBase = {
    state: Y.encodeStateAsUpdate(copy.doc),
    touched: idsOf(nothingTouched()),
  };
  if (!answer.canEdit) {
    const why = roleChanged(answer.role);
    const found = left && setAsideOfLeft(left.edits, basesOf(server, left), { ...about, why });
    return [found, carried && setAsideOfCopy(carried.copy, workflowId, why)].filter(isThere);
  }
  const asides: (SetAside | undefined)[] = [];
  if (left) {
    const { fit, unfit } = fitting(copy.doc, left.edits);
    copy.restore(fit);
    if (unfit.length > 0) {
      asides.push(setAsideOfLeft(unfit, basesOf(server, left), { ...about, why: holes }));
    }
  }
  if (carried) {
    const from = carried.copy.doc;
    // What others did since to the same elements is not taken back.
    tryApply(from, server.state);
    const { touched } = carried.copy;
    const { free, locked, why } = divideByLocks(touched, answer.locks, answer.userId, from);
    transplant(from, copy.draft, free);
    if (!isNothing(locked)) {
      const because = { code: 'locked', words: why } as const;
      asides.push(setAsideOf(from, locked, { ...about, count: sizeOf(locked), why: because }));
    }
  }
  return asides.filter(isThere);
}

/** What of a copy's edits the server lacks, set aside; undefined when there is nothing. */
export function setAsideOfCopy(
  { doc, touched, outbox, userId }: OpenCopy,
  workflowId: string,
  why: WhySetAside,
): SetAside | undefined {
  if (isNothing(touched)) return undefined;
  return setAsideOf(doc, touched, { workflowId, userId, count: outbox.pending(), why });
}

export const roleChanged = (role: string): WhySetAside => ({
  code: 'role',
  words: `your role is now ${role}`,
});
const holes: WhySetAside = {
  code: 'refused',
  words: 'they depend on edits that the server does not have',
};

const isThere = (aside: SetAside | undefined): aside is SetAside => aside !== undefined;
const basesOf = (server: KeptBase, { base }: Left) => (base ? [server, base] : [server]);

/** Those edits that a document can take in, and those that build on what it lacks: Yjs would wait for that for ever. */
function fitting(doc: Y.Doc, edits: readonly KeptEdit[]): Record<'fit' | 'unfit', KeptEdit[]> {
  const state = Y.encodeStateAsUpdate(doc);
  const fit: KeptEdit[] = [];
  const unfit: KeptEdit[] = [];
  let scratch = copyOf(state);
  for (const edit of edits) {
    if (tryApply(scratch, edit.update)) fit.push(edit);
    else {
      unfit.push(edit);
      scratch = copyOf(state, fit);
    }
  }
  return { fit, unfit };
}

function copyOf(state: Uint8Array, edits: readonly KeptEdit[] = []): Y.Doc {
  const doc = new Y.Doc();
  Y.applyUpdate(doc, state);
  for (const { update } of edits) Y.applyUpdate(doc, update);
  return doc;
}
