import type * as Y from 'yjs';
import { catalogue } from '@/lib/nodes/catalogue';
import type { ChangedPaths } from '@/lib/workflows/changes/changed-paths';
import { findRepairs } from '@/lib/workflows/repair/repair';

export type RepairerParts = {
  doc(): Y.Doc;
  /** Repairs the newest state of the draft, as one edit of the product; gives what it did, for people. */
  repair(): Promise<{ text: string; nodeIds: string[] } | undefined>;
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
 * Looks at the rules of the graph when a draft is opened and after its structure changed, whoever changed it, and has it
 * repaired where edits that met broke them. Processes that see the same at once do no harm: repairs are made one after
 * the other on the newest state, and the second finds nothing to do.
 */
export class Repairer {
  readonly #parts: RepairerParts;
  #timer: NodeJS.Timeout | undefined;
  #repairing: Promise<void> | undefined;
  #closed = false;
  #renamed = false;
  /** What the last look at the whole draft took. */
  #lookMs = 0;

  constructor(parts: RepairerParts) {
    this.#parts = parts;
  }

  /** Looks at the draft as it was found. */
  opened(): void {
    this.#renamed = true;
    this.#schedule(settleMs);
  }

  /** Tells what an edit changed. */
  note(changedPaths: ChangedPaths): void {
    if (this.#closed || !changesStructure(changedPaths)) return;
    this.#renamed ||= Object.values(changedPaths).some((fields) => fields.includes('key'));
    this.#schedule(Math.max(settleMs, Math.min(againMs, this.#lookMs * rest)));
  }

  #schedule(ms: number): void {
    if (this.#timer !== undefined) return;
    this.#timer = setTimeout(() => {
      // One at a time: the next one must see what this one wrote.
      this.#repairing = (this.#repairing ?? Promise.resolve()).then(() => {
        this.#timer = undefined;
        return this.#closed ? undefined : this.#tryToRepair();
      });
    }, ms);
  }

  async #tryToRepair(): Promise<void> {
    try {
      await this.#repair();
    } catch (error) {
      this.#parts.warn({ err: error }, 'a draft was not repaired; it will be tried again');
      if (this.#closed) return;
      this.#renamed = true;
      this.#schedule(againMs);
    }
  }

  close(): void {
    this.#closed = true;
    clearTimeout(this.#timer);
  }

  async #repair(): Promise<void> {
    const renamed = this.#renamed;
    const began = performance.now();
    const found = findRepairs(this.#parts.doc(), catalogue, renamed);
    this.#lookMs = performance.now() - began;
    this.#renamed = false;
    if (found.length === 0 || this.#closed) return;
    const notice = await this.#parts.repair();
    if (notice) this.#parts.notice(notice.text, notice.nodeIds);
  }
}

function changesStructure(changedPaths: ChangedPaths): boolean {
  return Object.entries(changedPaths).some(([element, fields]) => {
    if (!/^(nodes|edges|groups)\//.test(element)) return false;
    return fields.some(
      (field) =>
        field === '+' || field.startsWith('-') || field === 'disabled' || structural.has(field),
    );
  });
}
