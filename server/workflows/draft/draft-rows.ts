import * as Y from 'yjs';
import type { AuthoredUpdate } from '@/lib/workflows/changes/authored-update';

/** A stored piece of a draft: the compacted state up to `seq`, which names no author, or the update with that number. */
export type DraftRow = AuthoredUpdate & { seq: number; state: boolean };
/** Pieces in order, and the number of the last update that was stored when they were read. */
export type DraftRows = { rows: DraftRow[]; seq: number };

/**
 * Applies rows in order, telling of each. Gives the number of the first that cannot be applied; undefined when all
 * could.
 */
export function applyRows(
  doc: Y.Doc,
  rows: readonly DraftRow[],
  onApplied?: (row: DraftRow) => void,
): number | undefined {
  for (const row of rows) {
    if (applies(doc, row.data)) {
      onApplied?.(row);
      continue;
    }
    // The state is made by this product: a broken one is no row to set aside and go on without.
    if (row.state) throw new Error('the compacted state of a draft cannot be read');
    return row.seq;
  }
  return undefined;
}

/** Applies an update; false when it throws or builds on what is not there. The document is not to be used then. */
export function applies(doc: Y.Doc, update: Uint8Array): boolean {
  try {
    Y.applyUpdate(doc, update, 'rows');
  } catch {
    return false;
  }
  return doc.store.pendingStructs === null && doc.store.pendingDs === null;
}
