import { fromBase64, toBase64 } from 'lib0/buffer';
import { z } from 'zod';

/** Held-back edits that the server does not have yet, and the suggestion that they belong to once it has one. */
export type Unsaved = { suggestionId: string | undefined; held: Uint8Array };
/** As it lies in the browser: under its key, in these words. */
export type StoredUnsaved = Unsaved & { key: string; words: string };

export type UnsavedStore = {
  /** What all tabs of this person left, this one's too. */
  get(): StoredUnsaved[];
  /** Replaces what this tab left. False: the browser did not store it. */
  set(unsaved: Unsaved | undefined): boolean;
  /** Forgets what was found, unless its tab has written more since. */
  forget(found: readonly StoredUnsaved[]): void;
};

type Disk = Pick<Storage, 'getItem' | 'setItem' | 'removeItem' | 'key' | 'length'>;
const rowSchema = z.object({ suggestionId: z.string().optional(), held: z.base64() });

/**
 * Keeps what somebody suggests to one workflow in this browser until the server has it, so that a tab closed while
 * the connection is away has lost nothing. Written at once, and by each tab in a place of its own: no tab overwrites
 * what another left.
 */
export function createUnsavedStore(
  userId: string,
  workflowId: string,
  disk: () => Disk = () => localStorage,
): UnsavedStore {
  const all = `ensemble.held.${userId}.${workflowId}`;
  const own = `${all}.${crypto.randomUUID()}`;
  return {
    get() {
      try {
        return keysOf(disk())
          .filter((key) => key === all || key.startsWith(`${all}.`))
          .flatMap((key) => read(disk(), key));
      } catch {
        return [];
      }
    },
    set(unsaved) {
      try {
        if (unsaved === undefined) disk().removeItem(own);
        else {
          const { suggestionId, held } = unsaved;
          disk().setItem(own, JSON.stringify({ suggestionId, held: toBase64(held) }));
        }
        return true;
      } catch {
        return false;
      }
    },
    forget(found) {
      try {
        for (const { key, words } of found) {
          if (disk().getItem(key) === words) disk().removeItem(key);
        }
      } catch {
        // It is found again, and merges with itself.
      }
    },
  };
}

const keysOf = (disk: Disk): string[] =>
  Array.from({ length: disk.length }, (_, index) => disk.key(index)).filter((key) => key !== null);

function read(disk: Disk, key: string): StoredUnsaved[] {
  const words = disk.getItem(key) ?? '';
  try {
    const { suggestionId, held } = rowSchema.parse(JSON.parse(words));
    return [{ key, words, suggestionId, held: fromBase64(held) }];
  } catch {
    return [];
  }
}

/**
 * Divides what was left into what goes on with the suggestion of this id, or a new one, and what was made for another,
 * which is not its author's to edit any more: it was submitted, decided or withdrawn elsewhere.
 */
export function divideUnsaved(
  found: readonly StoredUnsaved[],
  suggestionId: string | undefined,
): Record<'goingOn' | 'strayed', StoredUnsaved[]> {
  const goesOn = (each: Unsaved) =>
    each.suggestionId === undefined || each.suggestionId === suggestionId;
  return {
    goingOn: found.filter(goesOn),
    strayed: found.filter((each) => !goesOn(each)),
  };
}
