import * as Y from 'yjs';
import { catalogue } from '@/lib/nodes/catalogue';
import { findRepairs, mend, tellRepairs } from '@/lib/workflows/mend';
import type { Touched } from '@/lib/workflows/touched';

export type MenderParts = {
  doc(): Y.Doc;
  /** A client id of the product's own in this draft. */
  issueClientId(): Promise<number>;
  /** Stores, applies and relays a repair. */
  commit(update: Uint8Array): Promise<void>;
  notice(text: string, nodeIds: string[]): void;
  warn(details: object, message: string): void;
};

/** Edits that belong together come within this time, and are judged together. */
const settleMs = 150;
/** Looking may take one part of the time in so many: a large draft that changes without end is looked at less often. */
const rest = 25;
const againMs = 1_500;
const structural = new Set([
  'source',
  'target',
  'sourcePort',
  'targetPort',
  'key',
  'type',
  'group',
]);

/**
 * Checks the rules of the graph after its structure changed, and makes a corrective edit where edits that met broke
 * them. Several processes may mend the same: what they do depends on the document alone.
 */
export class Mender {
  readonly #parts: MenderParts;
  #clientId: number | undefined;
  #timer: NodeJS.Timeout | undefined;
  #mending: Promise<void> | undefined;
  #closed = false;
  #renamed = false;
  /** What the last look at the whole draft took. */
  #lookMs = 0;

  constructor(parts: MenderParts) {
    this.#parts = parts;
  }

  /** Tells what an edit of this process touched. */
  note(touched: Touched): void {
    if (this.#closed || !changesStructure(touched)) return;
    this.#renamed ||= Object.values(touched).some((fields) => fields.includes('key'));
    this.#schedule(Math.max(settleMs, Math.min(againMs, this.#lookMs * rest)));
  }

  #schedule(ms: number): void {
    if (this.#timer !== undefined) return;
    this.#timer = setTimeout(() => {
      // One at a time: the next one must see what this one wrote, or it would write under the same numbers.
      this.#mending = (this.#mending ?? Promise.resolve()).then(() => {
        this.#timer = undefined;
        return this.#closed ? undefined : this.#tryToMend();
      });
    }, ms);
  }

  async #tryToMend(): Promise<void> {
    try {
      await this.#mend();
    } catch (error) {
      // Perhaps it was stored all the same: nothing may be written under this id again.
      this.#clientId = undefined;
      this.#parts.warn({ err: error }, 'a draft was not mended; its next edit tries again');
    }
  }

  close(): void {
    this.#closed = true;
    clearTimeout(this.#timer);
  }

  async #mend(): Promise<void> {
    const renamed = this.#renamed;
    const began = performance.now();
    const found = findRepairs(this.#parts.doc(), catalogue, renamed);
    this.#lookMs = performance.now() - began;
    if (found.length === 0) {
      this.#renamed = false;
      return;
    }
    this.#clientId ??= await this.#parts.issueClientId();
    if (this.#closed) return;
    const copy = new Y.Doc();
    Y.applyUpdate(copy, Y.encodeStateAsUpdate(this.#parts.doc()));
    copy.clientID = this.#clientId;
    const made: Uint8Array[] = [];
    copy.on('update', (each: Uint8Array) => made.push(each));
    const repairs = mend({ doc: copy, catalogue, origin: 'mend' }, renamed);
    const [update] = made;
    if (update === undefined) return;
    await this.#parts.commit(update);
    const told = tellRepairs(copy, repairs);
    if (told) this.#parts.notice(told.text, told.nodeIds);
    // A process that rewrote the same at once left its word beside this one's: looked at again when both are here.
    if (renamed) this.#schedule(againMs);
  }
}

function changesStructure(touched: Touched): boolean {
  return Object.entries(touched).some(([element, fields]) => {
    if (!/^(nodes|edges|groups)\//.test(element)) return false;
    return fields.some(
      (field) =>
        field === '+' || field.startsWith('-') || field === 'disabled' || structural.has(field),
    );
  });
}
