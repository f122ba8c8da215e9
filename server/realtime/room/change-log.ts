import type * as Y from 'yjs';
import { type Touched, touchedBy } from '@/lib/workflows/changes/changed-paths';
import { draftParts } from '@/lib/workflows/draft/draft';

/** What each update that a document took in touched, by its number, until it is folded into the draft's history. */
export class ChangeLog {
  readonly #bySeq = new Map<number, Touched>();
  #last: Touched | undefined;

  /** Begins anew with a document that nothing was applied to yet. */
  watch(doc: Y.Doc): void {
    this.#bySeq.clear();
    draftParts(doc);
    doc.on('afterTransaction', (transaction: Y.Transaction) => {
      this.#last = touchedBy(transaction);
    });
  }

  /** The last transaction was the update with this number: gives what it touched. */
  note(seq: number): Touched {
    const touched = this.#last ?? {};
    this.#bySeq.set(seq, touched);
    this.#last = undefined;
    return touched;
  }

  get bySeq(): ReadonlyMap<number, Touched> {
    return this.#bySeq;
  }

  /** Forgets what is folded. */
  forget(upTo: number): void {
    for (const seq of this.#bySeq.keys()) if (seq <= upTo) this.#bySeq.delete(seq);
  }
}
