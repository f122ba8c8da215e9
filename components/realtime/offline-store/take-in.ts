import * as Y from 'yjs';
import type { DraftJoined } from '@/lib/realtime/messages';
import type { OpenCopy } from '../draft-copy';
import type { StoredBase, StoredEdit } from '../stored-edit';
import { divideByLocks, isNothing, nothingChanged, sizeOf, transplant } from '../transplant';
import type { OrphanedEdits, StoredDraft } from './offline-store';
import {
  changedIds,
  type RejectedEdits,
  type RejectReason,
  rejectedOfDoc,
  rejectedOfOrphaned,
  tryApply,
} from './rejected';

/** A copy that the server rejected, and its unsaved edits on the disk. */
export type Carried = { copy: OpenCopy; stored: StoredDraft | undefined };

/** Waiting edits that an open copy takes in. */
export type Incoming = { orphaned: OrphanedEdits | undefined; carried: Carried | undefined };

/** Makes waiting edits again on a copy, and gives those that must be rejected, with the reason. */
export function takeIn(
  { orphaned, carried }: Incoming,
  copy: OpenCopy,
  answer: DraftJoined,
  workflowId: string,
): RejectedEdits[] {
  const about = { workflowId, userId: answer.userId };
  const server: StoredBase = {
    state: Y.encodeStateAsUpdate(copy.doc),
    touched: changedIds(nothingChanged()),
  };
  if (!answer.canEdit) {
    const why = roleChanged(answer.role);
    const found =
      orphaned && rejectedOfOrphaned(orphaned.edits, basesOf(server, orphaned), { ...about, why });
    return [found, carried && rejectedOfCopy(carried.copy, workflowId, why)].filter(isThere);
  }
  const rejections: (RejectedEdits | undefined)[] = [];
  if (orphaned) {
    const { fit, unfit } = fitting(copy.doc, orphaned.edits);
    copy.restore(fit);
    if (unfit.length > 0) {
      rejections.push(
        rejectedOfOrphaned(unfit, basesOf(server, orphaned), { ...about, why: holes }),
      );
    }
  }
  if (carried) {
    const from = carried.copy.doc;
    // Does not revert what others did since to the same elements.
    tryApply(from, server.state);
    const { touched } = carried.copy;
    const { free, locked, why } = divideByLocks(touched, answer.locks, answer.userId, from);
    transplant(from, copy.draft, free);
    if (!isNothing(locked)) {
      const because = { code: 'locked', words: why } as const;
      rejections.push(
        rejectedOfDoc(from, locked, { ...about, count: sizeOf(locked), why: because }),
      );
    }
  }
  return rejections.filter(isThere);
}

/** The edits of a copy that the server lacks, as rejected edits; undefined when there are none. */
export function rejectedOfCopy(
  { doc, touched, outbox, userId }: OpenCopy,
  workflowId: string,
  why: RejectReason,
): RejectedEdits | undefined {
  if (isNothing(touched)) return undefined;
  return rejectedOfDoc(doc, touched, { workflowId, userId, count: outbox.pending(), why });
}

export const roleChanged = (role: string): RejectReason => ({
  code: 'role',
  words: `your role is now ${role}`,
});
const holes: RejectReason = {
  code: 'refused',
  words: 'they depend on edits that the server does not have',
};

const isThere = (rejection: RejectedEdits | undefined): rejection is RejectedEdits =>
  rejection !== undefined;
const basesOf = (server: StoredBase, { base }: OrphanedEdits) => (base ? [server, base] : [server]);

/** Divides edits into those that fit a document and those that build on updates it lacks: Yjs would wait for these for ever. */
function fitting(doc: Y.Doc, edits: readonly StoredEdit[]): Record<'fit' | 'unfit', StoredEdit[]> {
  const state = Y.encodeStateAsUpdate(doc);
  const fit: StoredEdit[] = [];
  const unfit: StoredEdit[] = [];
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

function copyOf(state: Uint8Array, edits: readonly StoredEdit[] = []): Y.Doc {
  const doc = new Y.Doc();
  Y.applyUpdate(doc, state);
  for (const { update } of edits) Y.applyUpdate(doc, update);
  return doc;
}
