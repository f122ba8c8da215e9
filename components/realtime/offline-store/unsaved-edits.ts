import * as Y from 'yjs';
import type { DraftJoined, DraftLock } from '@/lib/realtime/messages';
import type { OpenCopy } from '../draft-copy';
import type { KeptEdit } from '../kept-edit';
import { divideByLocks, isNothing, nothingTouched, transplant } from '../transplant';
import { createKeep, type Keep, type KeptDraft, type Left } from './keep';
import { placesOf } from './rows';
import {
  idsOf,
  mergedWith,
  type SetAside,
  setAsideOfLeft,
  touchedOf,
  type WhySetAside,
} from './set-aside';
import { type Carried, setAsideOfCopy, takeIn } from './taking-in';

/**
 * Where the edits of one draft lie that the server has not committed: on the disk, from the moment they are made, until
 * it has them, they are set aside, or they are made again on another copy, each in one step of the disk.
 */
export class UnsavedEdits {
  readonly #keep: Keep;
  readonly #workflowId: string;
  /** Rows of the open copy. */
  #kept: KeptDraft | undefined;
  /** A copy that the server could not follow, whose edits are to be made again on the next one. */
  #carried: Carried | undefined;
  /** What ended tabs left; it waits for the copy that takes it in. */
  #left: Left | undefined;
  /** Edits that come from elsewhere just now: the disk gets them in one step with what they come from. */
  #bringing: KeptEdit[] | undefined;
  /** The disk has the document too, see `KeptDraft.keepBase`. */
  #based = false;

  constructor(workflowId: string, keep: Keep = createKeep(undefined, undefined)) {
    this.#keep = keep;
    this.#workflowId = workflowId;
  }

  /** For a copy that was opened just now. */
  open({ userId, clientId }: DraftJoined): void {
    this.#kept = this.#keep.open(this.#workflowId, userId, clientId);
    this.#based = false;
  }

  /** Looks for what ended tabs left. */
  async readLeft(userId: string): Promise<void> {
    this.#left ??= await this.#keep.left(this.#workflowId, userId);
  }

  /** The copy is over. With `carry`, its edits are made again on the next one; else they wait for another tab. */
  end(copy: OpenCopy | undefined, carry: boolean): void {
    const kept = this.#kept;
    this.#kept = undefined;
    if (copy && carry) this.#carried = { copy, kept };
    else kept?.close();
  }

  /** The page lets go of the draft: what is not saved waits for the next one. */
  close(): void {
    this.end(undefined, false);
    this.#carried?.kept?.close();
    this.#carried = undefined;
    this.#left?.close();
    this.#left = undefined;
  }

  /** Keeps an edit. False: it comes from elsewhere, and is kept with the rest of it. */
  add(edit: KeptEdit, copy: OpenCopy, joined: boolean): boolean {
    if (this.#bringing) {
      this.#bringing.push(edit);
      return false;
    }
    this.#kept?.add(edit);
    if (!joined && !this.#based) {
      this.#based = true;
      const state = Y.encodeStateAsUpdate(copy.doc);
      this.#kept?.keepBase({ state, touched: idsOf(copy.touched) });
    }
    return true;
  }

  /** The server has committed every edit of this copy. */
  saved(copy: OpenCopy): void {
    copy.touched = nothingTouched();
    this.#kept?.clear();
    this.#based = false;
  }

  /** Makes what waits on the open copy: edits of ended tabs, and those of a copy before. */
  takeIn(copy: OpenCopy, answer: DraftJoined): void {
    const [left, carried] = [this.#left, this.#carried];
    this.#left = undefined;
    this.#carried = undefined;
    if (carried || (left && left.edits.length > 0)) {
      let asides: SetAside[] = [];
      const edits = this.#bring(() => {
        asides = takeIn({ left, carried }, copy, answer, this.#workflowId);
      });
      const from = [left, carried?.kept].filter((kept) => kept !== undefined);
      void this.#keep.move(from, { rows: this.#kept?.rowsOf(edits) ?? [], asides });
    }
    left?.close();
    carried?.kept?.close();
  }

  /** Leaves the edits of the open copy to the person who made them. */
  setAside(copy: OpenCopy, why: WhySetAside): void {
    const aside = setAsideOfCopy(copy, this.#workflowId, why);
    if (aside) void this.#keep.move(this.#kept ? [this.#kept] : [], { asides: [aside] });
  }

  /** Leaves what ended tabs left, and the edits of a copy before, to this person: there is no draft to make them on. */
  async setAllAside(userId: string, why: WhySetAside): Promise<void> {
    const workflowId = this.#workflowId;
    const carried = this.#carried;
    await this.readLeft(userId);
    const left = this.#left;
    const asides: SetAside[] = [];
    if (left && left.edits.length > 0) {
      const bases = left.base ? [left.base] : [];
      asides.push(...listOf(setAsideOfLeft(left.edits, bases, { workflowId, userId, why })));
    }
    if (carried) asides.push(...listOf(setAsideOfCopy(carried.copy, workflowId, why)));
    const from = [left, carried?.kept].filter((kept) => kept !== undefined);
    if (asides.length > 0) void this.#keep.move(from, { asides });
    this.close();
  }

  /** Makes edits that were set aside on the copy as it stands. Gives why that is not possible, if so. */
  takeBack(aside: SetAside, copy: OpenCopy, locks: readonly DraftLock[]): string | undefined {
    const from = mergedWith(aside, copy.doc);
    if (copy.readOnly || !from) return 'You cannot change the workflow now.';
    const touched = touchedOf(aside.touched);
    const { locked, why } = divideByLocks(touched, locks, copy.userId, from);
    if (!isNothing(locked)) return `${why}.`;
    const edits = this.#bring(() => {
      copy.undo.stopCapturing();
      transplant(from, copy.draft, touched);
      copy.undo.stopCapturing();
    });
    void this.#keep.move([placesOf(aside)], { rows: this.#kept?.rowsOf(edits) ?? [] });
    return undefined;
  }

  #bring(change: () => void): KeptEdit[] {
    const edits: KeptEdit[] = [];
    this.#bringing = edits;
    try {
      change();
    } finally {
      this.#bringing = undefined;
    }
    return edits;
  }
}

const listOf = (aside: SetAside | undefined) => (aside ? [aside] : []);
