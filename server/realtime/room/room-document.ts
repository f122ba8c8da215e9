import * as Y from 'yjs';
import { productAuthor } from '@/lib/realtime/messages';
import type { AuthoredUpdate } from '@/lib/workflows/changes/authored-update';
import type { ChangedPaths } from '@/lib/workflows/changes/changed-paths';
import { applies, applyRows, type DraftRow } from '@/server/workflows/draft/draft-rows';
import type { DraftStore } from '@/server/workflows/draft/draft-store';
import { ChangeLog } from './change-log';

/** An update as it is relayed. `by`: its author's id, `productAuthor`, or '' where nobody knows. */
export type RelayedUpdate = { data: Uint8Array; by: string };

export type RoomDocumentParts = {
  workflowId: string;
  store: Pick<DraftStore, 'load' | 'compact' | 'quarantine'>;
  /** Updates of one moment, committed and applied, for everybody who has the draft open in this process. */
  relay(updates: RelayedUpdate[]): void;
  /** An update was applied that changed this, whoever made it. */
  changed(changedPaths: ChangedPaths): void;
  /** The draft is gone. */
  gone(): void;
  warn(details: object, message: string): void;
};

/** Updates after which the rows are replaced by one state: more of them the larger the state is that must be written. */
const compactAfter = { least: 200, most: 2_000, bytes: 256 };
/** A number that is missing from another process comes by the bus; after this time it is fetched. */
const missingMs = 50;
/** Relaying may take one part of the time in so many. */
const patience = 8;
const maxPatienceMs = 10;

/**
 * The document of an open draft, in step with its rows: what is committed is applied, in any order in which the numbers
 * arrive, and relayed once for each turn of the event loop.
 */
export class RoomDocument {
  #doc = new Y.Doc();
  readonly #log = new ChangeLog();
  readonly #parts: RoomDocumentParts;
  /** Everything up to this number is applied; `#ahead` holds applied numbers after a hole. */
  #seq = 0;
  #ahead = new Set<number>();
  #outgoing: RelayedUpdate[] = [];
  #relayed: Promise<void> | undefined;
  #catching: Promise<void> | undefined;
  #rows = 0;
  #bytes = 0;
  #compacting = false;
  /** What one relay took lately, in milliseconds. */
  #relayMs = 0;
  /** The whole document as an update, until it changes: many open a draft at once when a process comes back. */
  #state: Uint8Array | undefined;
  #missing: NodeJS.Timeout | undefined;
  #rebuilding: Promise<void> | undefined;
  /** Numbers that were set aside. */
  readonly #setAside = new Set<number>();
  #closed = false;

  constructor(parts: RoomDocumentParts) {
    this.#parts = parts;
    this.#watch();
  }

  /** The document now: another one after a row had to be set aside. */
  get doc(): Y.Doc {
    return this.#doc;
  }

  get seq(): number {
    return this.#seq;
  }

  get bytes(): number {
    return this.#bytes;
  }

  get closed(): boolean {
    return this.#closed;
  }

  /**
   * How long an update may wait for others before it is stored, in milliseconds: what telling everybody takes, some
   * times over. Few people wait for nothing; with many, or on a busy machine, each commit and each relay serves more.
   */
  get patienceMs(): number {
    return Math.min(maxPatienceMs, this.#relayMs * patience);
  }

  state(): Uint8Array {
    this.#state ??= Y.encodeStateAsUpdate(this.#doc);
    return this.#state;
  }

  seen(seq: number): boolean {
    return seq <= this.#seq || this.#ahead.has(seq);
  }

  /** While the document is built anew; undefined when it stands. Nothing can be judged against it meanwhile. */
  get rebuilding(): Promise<void> | undefined {
    return this.#rebuilding;
  }

  /**
   * Applies a committed update. False: it was set aside. Where one cannot be applied the document holds half of it and is
   * built anew from the rows, in their order: that shows which one is to blame, and those that were committed meanwhile
   * are kept.
   */
  async take(seq: number, edit: AuthoredUpdate): Promise<boolean> {
    if (this.#rebuilding === undefined) {
      if (applies(this.#doc, edit.data)) {
        this.#mark(seq, edit, this.#log.note(seq));
        return true;
      }
      this.#rebuilding = this.#rebuild().finally(() => {
        this.#rebuilding = undefined;
      });
    }
    await this.#rebuilding;
    // It may have been committed after the rows were read.
    if (!this.seen(seq)) await this.catchUp();
    return !this.#setAside.has(seq);
  }

  /** Takes in what another process announced. Without the bytes, or after a hole, the rows are read. */
  async receive(seq: number, edit: AuthoredUpdate | undefined): Promise<void> {
    if (this.#closed || this.seen(seq)) return;
    if (edit === undefined || seq !== this.#seq + 1) await this.catchUp();
    else if (await this.take(seq, edit)) await this.relay();
  }

  /** Applies and relays all rows that are not applied yet. Concurrent calls share one reading that began after them. */
  async catchUp(): Promise<void> {
    const running = this.#catching;
    await running?.catch(() => undefined);
    this.#catching ??= this.#readRows().finally(() => {
      this.#catching = undefined;
    });
    await this.#catching;
  }

  /** Writes a state when enough was added since the last one. */
  async compact(atLeast: number, atRest = false): Promise<void> {
    if (this.#compacting || this.#closed || this.#rows < atLeast) return;
    this.#compacting = true;
    try {
      // A state may hold nothing after its number: whoever applies that later could not tell what it changed.
      if (this.#ahead.size > 0) await this.catchUp();
      const seq = this.#seq;
      const state = this.state();
      this.#rows = 0;
      this.#bytes = state.byteLength;
      const changedPaths = this.#log.bySeq;
      await this.#parts.store.compact(this.#parts.workflowId, { state, seq, changedPaths, atRest });
      this.#log.forget(seq);
    } catch (error) {
      this.#rows = atLeast;
      this.#parts.warn({ err: error }, 'a draft was not compacted; it will be tried again');
    } finally {
      this.#compacting = false;
    }
  }

  async #rebuild(): Promise<void> {
    this.#reset();
    try {
      await this.catchUp();
    } catch (error) {
      // Nobody may go on with this document: whoever opens the draft next reads the rows.
      this.#end();
      throw error;
    }
  }

  /** Relays what this turn of the event loop brought, once for all of it. */
  relay(): Promise<void> {
    this.#relayed ??= new Promise((resolve) => {
      // After the promises that one commit settles, and before anything else.
      process.nextTick(() => {
        this.#relayed = undefined;
        const updates = this.#outgoing;
        this.#outgoing = [];
        if (updates.length > 0) this.#send(updates);
        resolve();
      });
    });
    return this.#relayed;
  }

  #send(updates: RelayedUpdate[]): void {
    const began = performance.now();
    this.#parts.relay(updates);
    this.#relayMs += (performance.now() - began - this.#relayMs) / 8;
  }

  close(): void {
    this.#closed = true;
    clearTimeout(this.#missing);
    this.#doc.destroy();
  }

  #end(): void {
    this.#closed = true;
    this.#parts.gone();
  }

  #watch(): void {
    this.#log.watch(this.#doc);
    this.#state = undefined;
    this.#doc.on('afterTransaction', () => {
      this.#state = undefined;
    });
  }

  #reset(): void {
    this.#doc.destroy();
    this.#doc = new Y.Doc();
    this.#watch();
    this.#seq = 0;
    this.#ahead.clear();
    this.#rows = 0;
    this.#bytes = 0;
  }

  async #readRows(): Promise<void> {
    const { store, workflowId, changed } = this.#parts;
    const { doc: before, seq: from } = { doc: this.#doc, seq: this.#seq };
    const found = await store.load(workflowId, from);
    if (!found) {
      this.#end();
      return;
    }
    // These are the rows of a document that was given up meanwhile.
    if (this.#doc !== before) return this.#readRows();
    const whole = from === 0 && this.#ahead.size === 0;
    const rows = found.rows.filter((row) => row.state || !this.seen(row.seq));
    const broken = applyRows(this.#doc, rows, ({ seq, state }) => {
      if (!state) changed(this.#log.note(seq));
    });
    if (broken !== undefined) {
      // Only the rows in their order, from the first one on, show which of them is to blame.
      if (whole) await this.#putAside(broken);
      this.#reset();
      return this.#readRows();
    }
    for (const row of rows) {
      this.#rows += row.state ? 0 : 1;
      this.#bytes += row.data.byteLength;
      this.#outgoing.push({ data: row.data, by: authorOf(row) });
    }
    this.#seq = Math.max(this.#seq, found.seq);
    this.#settle();
    await this.relay();
  }

  async #putAside(seq: number): Promise<void> {
    await this.#parts.store.quarantine(this.#parts.workflowId, seq);
    this.#setAside.add(seq);
  }

  #mark(seq: number, edit: AuthoredUpdate, changedPaths: ChangedPaths): void {
    this.#parts.changed(changedPaths);
    this.#ahead.add(seq);
    this.#settle();
    this.#outgoing.push({ data: edit.data, by: authorOf(edit) });
    this.#rows += 1;
    this.#bytes += edit.data.byteLength;
    const { least, most, bytes } = compactAfter;
    const enough = Math.min(most, Math.max(least, Math.ceil(this.#bytes / bytes)));
    if (this.#rows >= enough && this.#ahead.size === 0) void this.compact(enough);
  }

  /** Moves the number forward over what is applied, and looks for a hole that stays. */
  #settle(): void {
    while (this.#ahead.delete(this.#seq + 1)) this.#seq += 1;
    for (const seq of this.#ahead) if (seq <= this.#seq) this.#ahead.delete(seq);
    if (this.#ahead.size === 0 || this.#missing !== undefined) return;
    this.#missing = setTimeout(() => {
      this.#missing = undefined;
      if (this.#ahead.size === 0 || this.#closed) return;
      this.catchUp().catch((error: unknown) => {
        this.#parts.warn(
          { err: error },
          'a hole in a draft was not filled; it will be tried again',
        );
        this.#settle();
      });
    }, missingMs);
  }
}

const authorOf = (edit: AuthoredUpdate & Partial<DraftRow>): string =>
  edit.state ? '' : (edit.userId ?? productAuthor);
