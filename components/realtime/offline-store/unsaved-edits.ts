import * as Y from 'yjs';
import type { DraftJoined, DraftLock } from '@/lib/realtime/messages';
import type { OpenCopy } from '../draft-copy';
import type { StoredEdit } from '../stored-edit';
import { divideByLocks, isNothing, nothingChanged, transplant } from '../transplant';
import {
  createOfflineStore,
  type OfflineStore,
  type OrphanedEdits,
  type StoredDraft,
} from './offline-store';
import {
  changedElements,
  changedIds,
  mergedWith,
  type RejectedEdits,
  type RejectReason,
  rejectedOfOrphaned,
} from './rejected';
import { rangesOf } from './rows';
import { type Carried, rejectedOfCopy, takeIn } from './take-in';

/**
 * Stores the edits of one draft that the server has not committed: on the disk, from the moment they are made, until
 * it has them, they are rejected, or they are made again on another copy, each in one step of the disk.
 */
export class UnsavedEdits {
  readonly #store: OfflineStore;
  readonly #workflowId: string;
  /** Rows of the open copy. */
  #stored: StoredDraft | undefined;
  /** A copy that the server rejected, whose edits are made again on the next one. */
  #carried: Carried | undefined;
  /** Edits of ended tabs; they wait for the copy that takes them in. */
  #orphaned: OrphanedEdits | undefined;
  /** Edits being taken in: the disk gets them in one step with their source. */
  #incoming: StoredEdit[] | undefined;
  /** The disk has the document too, see `OfflineStore.setBase`. */
  #based = false;

  constructor(workflowId: string, keep: OfflineStore = createOfflineStore(undefined, undefined)) {
    this.#store = keep;
    this.#workflowId = workflowId;
  }

  /** For a copy that was opened just now. */
  open({ userId, clientId }: DraftJoined): void {
    this.#stored = this.#store.open(this.#workflowId, userId, clientId);
    this.#based = false;
  }

  /** Reads the edits of ended tabs. */
  async readOrphaned(userId: string): Promise<void> {
    this.#orphaned ??= await this.#store.orphaned(this.#workflowId, userId);
  }

  /** The copy is over. With `carry`, its edits are made again on the next one; else they wait for another tab. */
  end(copy: OpenCopy | undefined, carry: boolean): void {
    const kept = this.#stored;
    this.#stored = undefined;
    if (copy && carry) this.#carried = { copy, stored: kept };
    else kept?.close();
  }

  /** Releases the draft: unsaved edits wait for the next tab. */
  close(): void {
    this.end(undefined, false);
    this.#carried?.stored?.close();
    this.#carried = undefined;
    this.#orphaned?.close();
    this.#orphaned = undefined;
  }

  /** Stores an edit. False: it is being taken in, and is stored with the rest. */
  add(edit: StoredEdit, copy: OpenCopy, joined: boolean): boolean {
    if (this.#incoming) {
      this.#incoming.push(edit);
      return false;
    }
    this.#stored?.add(edit);
    if (!joined && !this.#based) {
      this.#based = true;
      const state = Y.encodeStateAsUpdate(copy.doc);
      this.#stored?.setBase({ state, touched: changedIds(copy.touched) });
    }
    return true;
  }

  /** The server has committed every edit of this copy. */
  saved(copy: OpenCopy): void {
    copy.touched = nothingChanged();
    this.#stored?.clear();
    this.#based = false;
  }

  /** Makes waiting edits on the open copy: those of ended tabs, and those of a copy before. */
  takeIn(copy: OpenCopy, answer: DraftJoined): void {
    const [orphaned, carried] = [this.#orphaned, this.#carried];
    this.#orphaned = undefined;
    this.#carried = undefined;
    if (carried || (orphaned && orphaned.edits.length > 0)) {
      let rejections: RejectedEdits[] = [];
      const edits = this.#collect(() => {
        rejections = takeIn({ orphaned, carried }, copy, answer, this.#workflowId);
      });
      const from = [orphaned, carried?.stored].filter((rows) => rows !== undefined);
      void this.#store.replace(from, { rows: this.#stored?.rowsOf(edits) ?? [], rejections });
    }
    orphaned?.close();
    carried?.stored?.close();
  }

  /** Rejects the edits of the open copy: their author decides. */
  reject(copy: OpenCopy, why: RejectReason): void {
    const rejection = rejectedOfCopy(copy, this.#workflowId, why);
    if (rejection)
      void this.#store.replace(this.#stored ? [this.#stored] : [], { rejections: [rejection] });
  }

  /** Rejects the edits of ended tabs and of a copy before: there is no draft to make them on. */
  async rejectAll(userId: string, why: RejectReason): Promise<void> {
    const workflowId = this.#workflowId;
    const carried = this.#carried;
    await this.readOrphaned(userId);
    const orphaned = this.#orphaned;
    const rejections: RejectedEdits[] = [];
    if (orphaned && orphaned.edits.length > 0) {
      const bases = orphaned.base ? [orphaned.base] : [];
      rejections.push(
        ...listOf(rejectedOfOrphaned(orphaned.edits, bases, { workflowId, userId, why })),
      );
    }
    if (carried) rejections.push(...listOf(rejectedOfCopy(carried.copy, workflowId, why)));
    const from = [orphaned, carried?.stored].filter((rows) => rows !== undefined);
    if (rejections.length > 0) void this.#store.replace(from, { rejections });
    this.close();
  }

  /** Makes rejected edits again on the open copy. Gives the reason when that is not possible. */
  makeAgain(
    rejection: RejectedEdits,
    copy: OpenCopy,
    locks: readonly DraftLock[],
  ): string | undefined {
    const from = mergedWith(rejection, copy.doc);
    if (copy.readOnly || !from) return 'You cannot change the workflow now.';
    const touched = changedElements(rejection.touched);
    const { locked, why } = divideByLocks(touched, locks, copy.userId, from);
    if (!isNothing(locked)) return `${why}.`;
    const edits = this.#collect(() => {
      copy.undo.stopCapturing();
      transplant(from, copy.draft, touched);
      copy.undo.stopCapturing();
    });
    void this.#store.replace([rangesOf(rejection)], { rows: this.#stored?.rowsOf(edits) ?? [] });
    return undefined;
  }

  #collect(change: () => void): StoredEdit[] {
    const edits: StoredEdit[] = [];
    this.#incoming = edits;
    try {
      change();
    } finally {
      this.#incoming = undefined;
    }
    return edits;
  }
}

const listOf = (rejection: RejectedEdits | undefined) => (rejection ? [rejection] : []);
