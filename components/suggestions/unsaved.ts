import { fromBase64, toBase64 } from 'lib0/buffer';
import { z } from 'zod';

/** Held-back edits that the server does not have yet, and the suggestion that they belong to once it has one. */
export type Unsaved = { suggestionId: string | undefined; held: Uint8Array };

export type UnsavedStore = {
  get(): Unsaved | undefined;
  set(unsaved: Unsaved | undefined): void;
};

const rowSchema = z.object({ suggestionId: z.string().optional(), held: z.base64() });

/**
 * Keeps what somebody suggests to one workflow in this browser until the server has it, so that a tab closed while
 * the connection is away has lost nothing. Written at once: a page that goes away waits for nothing.
 */
export function createUnsavedStore(userId: string, workflowId: string): UnsavedStore {
  const key = `ensemble.held.${userId}.${workflowId}`;
  return {
    get() {
      try {
        const row = rowSchema.parse(JSON.parse(localStorage.getItem(key) ?? 'null'));
        return { suggestionId: row.suggestionId, held: fromBase64(row.held) };
      } catch {
        return undefined;
      }
    },
    set(unsaved) {
      try {
        if (unsaved === undefined) localStorage.removeItem(key);
        else {
          const { suggestionId, held } = unsaved;
          localStorage.setItem(key, JSON.stringify({ suggestionId, held: toBase64(held) }));
        }
      } catch {
        // Full or forbidden: the edits live as long as the tab.
      }
    },
  };
}

/**
 * What of it goes on with the suggestion of this id, or a new one. Edits of one that is not its author's to edit any
 * more, because it was submitted or withdrawn elsewhere, do not.
 */
export function goingOn(
  unsaved: Unsaved | undefined,
  suggestionId: string | undefined,
): Uint8Array | undefined {
  if (unsaved?.suggestionId === undefined) return unsaved?.held;
  return unsaved.suggestionId === suggestionId ? unsaved.held : undefined;
}
