import type * as Y from 'yjs';
import { type ChangedPaths, onChangedPaths } from '@/lib/workflows/changes/changed-paths';

/** What each update that a document took in changed, by its number, until it is folded into the draft's history. */
export class ChangeLog {
  readonly #bySeq = new Map<number, ChangedPaths>();
  #last: ChangedPaths | undefined;

  /** Begins anew with a document that nothing was applied to yet. */
  watch(doc: Y.Doc): void {
    this.#bySeq.clear();
    onChangedPaths(doc, (changedPaths) => {
      this.#last = changedPaths;
    });
  }

  /** The last transaction was the update with this number: gives what it changed. */
  note(seq: number): ChangedPaths {
    const changedPaths = this.#last ?? {};
    this.#bySeq.set(seq, changedPaths);
    this.#last = undefined;
    return changedPaths;
  }

  get bySeq(): ReadonlyMap<number, ChangedPaths> {
    return this.#bySeq;
  }

  /** Forgets what is folded. */
  forget(upTo: number): void {
    for (const seq of this.#bySeq.keys()) if (seq <= upTo) this.#bySeq.delete(seq);
  }
}
