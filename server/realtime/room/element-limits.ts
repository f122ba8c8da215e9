import type * as Y from 'yjs';
import { type DraftPart, draftParts } from '@/lib/workflows/draft/draft';
import {
  maxElementBytes,
  maxElements,
  tooHeavy,
  tooMany,
  weight,
} from '@/server/workflows/draft/draft-limits';
import type { Refused } from './guard';
import type { Touch } from './places';

type Touches = ReadonlyMap<string, Touch>;
/** Undefined: it can be taken. `tight`: so near a limit, or so much, that what other processes add meanwhile decides. */
export type Admission = { refused: Refused | undefined; tight: boolean };

/** What is left to a limit when others may reach it unseen, as a part of the limit. */
const margin = 0.1;
/** More than this at once is decided on the newest state, wherever the limits are. */
const large = { elements: 8, bytes: 32_768 };

/**
 * Keeps elements within their size and number before anything is stored, with what is on its way to the rows. An element is
 * weighed only when what was added since the last weighing could make it too large.
 */
export class ElementLimits {
  /** No element weighs more than this. */
  #bounds = new Map<string, number>();
  #inFlight = new Set<Touches>();

  /** Judges what an update adds, and counts it where it can be taken. */
  admit(doc: Y.Doc, touches: Touches): Admission {
    const parts = draftParts(doc);
    const added = this.#added(parts, touches);
    let tight = false;
    for (const [part, { own, all }] of added) {
      const count = parts[part].size + all;
      if (own > 0 && count > maxElements[part]) return refuse(tooMany(part));
      tight ||= own > large.elements || count > maxElements[part] * (1 - margin);
    }
    for (const [name, { part, id, bytes }] of touches) {
      if (bytes === 0) continue;
      const limit = maxElementBytes[part];
      const bound = this.#bound(name, parts[part]._map.get(id), bytes, limit);
      if (bound > limit) return refuse(tooHeavy(part));
      tight ||= bytes > large.bytes || bound > limit * (1 - margin);
    }
    return { refused: undefined, tight };
  }

  /** Counts an update as on its way, until the returned function is called. */
  hold(touches: Touches): () => void {
    this.#inFlight.add(touches);
    return () => this.#inFlight.delete(touches);
  }

  /** Elements that are not in the document yet: those of an update, and with those on their way. */
  #added(parts: ReturnType<typeof draftParts>, touches: Touches) {
    const found = new Map<DraftPart, { own: number; all: number }>();
    const seen = new Set<string>();
    for (const [each, own] of [
      [touches, 1] as const,
      ...[...this.#inFlight].map((t) => [t, 0] as const),
    ]) {
      for (const [name, { part, id, bytes }] of each) {
        if (bytes === 0 || seen.has(name) || parts[part].has(id)) continue;
        seen.add(name);
        const count = found.get(part) ?? { own: 0, all: 0 };
        found.set(part, { own: count.own + own, all: count.all + 1 });
      }
    }
    return found;
  }

  #bound(name: string, item: Y.Item | undefined, bytes: number, limit: number): number {
    let bound = this.#bounds.get(name) ?? limit;
    if (bound + bytes > limit * (1 - margin)) {
      bound = weight(item);
      for (const touches of this.#inFlight) bound += touches.get(name)?.bytes ?? 0;
    }
    this.#bounds.set(name, bound + bytes);
    return bound + bytes;
  }
}

const refuse = (message: string): Admission => ({
  refused: { code: 'too_large', message },
  tight: false,
});
