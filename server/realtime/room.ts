import * as Y from 'yjs';
import { AppError } from '@/lib/api/errors';
import type { Refusal } from '@/lib/realtime/messages';
import { readMeta } from '@/lib/workflows/draft';
import { applies, applyRows } from '@/server/workflows/draft-rows';
import type { DraftStore } from '@/server/workflows/draft-store';
import {
  type Id,
  type Inspection,
  inspectUpdate,
  judgeUpdate,
  nestsTooDeeply,
  type Refused,
} from './guard';

export type RoomParts = {
  workflowId: string;
  store: Pick<DraftStore, 'load' | 'append' | 'compact' | 'quarantine' | 'ownsClientId'>;
  /** Updates of one moment, committed and applied, for everybody who has the draft open in this process. */
  relay(updates: Uint8Array[]): void;
  /** An own update was committed: for the other processes. */
  announce(seq: number, update: Uint8Array): void;
  /** The draft is gone. */
  gone(): void;
  warn(details: object, message: string): void;
};

/** Updates after which the rows are replaced by one state. */
const compactAfter = 200;
/** Bytes of one document; more is refused. */
const maxBytes = 33_554_432;
/** A number that is missing from another process comes by the bus; after this time it is fetched. */
const missingMs = 50;

/**
 * One open draft of this process: check, persist, apply, relay, acknowledge. Memory is never ahead of the rows; what
 * cannot be applied is set aside in the rows, and the room is built from them again. Knows no socket.
 */
export class Room {
  #doc = new Y.Doc();
  readonly #parts: RoomParts;
  /** Everything up to this number is applied; `#ahead` holds applied numbers after a hole. */
  #seq = 0;
  #ahead = new Set<number>();
  /** Clocks that are checked and on their way to the rows. */
  #reserved = new Map<number, number>();
  #inFlight = new Set<Promise<unknown>>();
  /** While one update waits before it can be judged, those behind it wait too: they may build on it. */
  #gate: Promise<void> | undefined;
  /** Counts failed writes: what was checked on top of one is not written. */
  #failures = 0;
  #owners = new Map<number, string>();
  #outgoing: Uint8Array[] = [];
  #relayed: Promise<void> | undefined;
  #catching: Promise<void> | undefined;
  #rows = 0;
  #bytes = 0;
  #compacting = false;
  #missing: NodeJS.Timeout | undefined;
  #closed = false;

  private constructor(parts: RoomParts) {
    this.#parts = parts;
  }

  /** A room with everything that is stored; undefined when there is no such draft. */
  static async open(parts: RoomParts): Promise<Room | undefined> {
    const room = new Room(parts);
    await room.catchUp();
    return room.#closed ? undefined : room;
  }

  get seq(): number {
    return this.#seq;
  }

  /** What a client with this state vector lacks. Throws on bytes that are no state vector. */
  missingFor(stateVector: Uint8Array | undefined): { update: Uint8Array; stateVector: Uint8Array } {
    return {
      update: Y.encodeStateAsUpdate(this.#doc, stateVector),
      stateVector: Y.encodeStateVector(this.#doc),
    };
  }

  meta(): { name: string; description: string } {
    return readMeta(this.#doc);
  }

  /** Remembers that an id was issued to a person. */
  issued(clientId: number, userId: string): void {
    this.#owners.set(clientId, userId);
  }

  /** Takes an update of a person in: its number once it is committed and relayed, or a refusal that changed nothing. */
  async submit(update: Uint8Array, userId: string): Promise<{ ok: true; seq: number } | Refusal> {
    const inspection = inspectUpdate(update);
    if ('code' in inspection) return { ok: false, error: inspection };
    if (this.#bytes + update.byteLength > maxBytes) {
      return refusal('too_large', 'This workflow has grown to its limit. Remove something first.');
    }
    while (this.#gate !== undefined) await this.#gate;
    const work = await this.#admit(update, inspection, userId);
    return 'ok' in work ? work : work.commit;
  }

  /** Checks an update against what is known, and starts its commit; nothing comes between the two. */
  async #admit(
    update: Uint8Array,
    inspection: Inspection,
    userId: string,
  ): Promise<Refusal | { commit: ReturnType<Room['submit']> }> {
    const { blocks, hasTypes } = inspection;
    const strange = [...blocks.keys()].some((client) => !this.#owners.has(client));
    let open: (() => void) | undefined;
    try {
      if (strange || (hasTypes && this.#inFlight.size > 0)) {
        open = this.#closeGate();
        await this.#prepare(inspection, userId);
      }
      let refused = this.#judge(inspection, userId);
      if (refused?.code === 'resync') {
        open ??= this.#closeGate();
        await Promise.allSettled(this.#inFlight);
        await this.catchUp();
        refused = this.#judge(inspection, userId);
      }
      if (refused) return { ok: false, error: refused };
      if (nestsTooDeeply(inspection, (id) => typesAbove(this.#doc, id))) {
        return refusal('invalid_input', 'The update nests values too deeply.');
      }
      return { commit: this.#start(update, inspection, userId) };
    } finally {
      open?.();
    }
  }

  async #start(
    update: Uint8Array,
    inspection: Inspection,
    userId: string,
  ): Promise<{ ok: true; seq: number } | Refusal> {
    this.#reserve(inspection);
    const work = this.#commit(update, userId);
    this.#inFlight.add(work);
    try {
      return await work;
    } finally {
      this.#inFlight.delete(work);
      if (this.#inFlight.size === 0) this.#reserved.clear();
    }
  }

  /** Takes in what another process announced. Without the bytes, or after a hole, the rows are read. */
  async receive(seq: number, update: Uint8Array | undefined): Promise<void> {
    if (this.#closed || this.#seen(seq)) return;
    if (update === undefined || seq !== this.#seq + 1 || !applies(this.#doc, update)) {
      await this.catchUp();
      return;
    }
    this.#mark(seq, update);
    await this.#relay();
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
  async compact(atLeast: number): Promise<void> {
    if (this.#compacting || this.#closed || this.#rows < atLeast) return;
    this.#compacting = true;
    try {
      const state = Y.encodeStateAsUpdate(this.#doc);
      this.#rows = 0;
      this.#bytes = state.byteLength;
      await this.#parts.store.compact(this.#parts.workflowId, state, this.#seq);
    } catch (error) {
      this.#rows = atLeast;
      this.#parts.warn({ err: error }, 'a draft was not compacted; it will be tried again');
    } finally {
      this.#compacting = false;
    }
  }

  close(): void {
    this.#closed = true;
    clearTimeout(this.#missing);
    this.#doc.destroy();
  }

  #known(client: number): number {
    return Math.max(Y.getState(this.#doc.store, client), this.#reserved.get(client) ?? 0);
  }

  #seen(seq: number): boolean {
    return seq <= this.#seq || this.#ahead.has(seq);
  }

  /** Makes all later updates wait until the returned function is called. */
  #closeGate(): () => void {
    const gate = Promise.withResolvers<void>();
    this.#gate = gate.promise;
    return () => {
      this.#gate = undefined;
      gate.resolve();
    };
  }

  #judge(inspection: Inspection, userId: string): Refused | undefined {
    return judgeUpdate(
      inspection,
      (client) => this.#known(client),
      (client) => this.#owners.get(client) === userId,
    );
  }

  /** Looks up whose ids these are, and waits until what an update may build on is applied. */
  async #prepare({ blocks }: Inspection, userId: string): Promise<void> {
    const { store, workflowId } = this.#parts;
    for (const client of blocks.keys()) {
      if (this.#owners.has(client)) continue;
      if (await store.ownsClientId(workflowId, client, userId)) this.issued(client, userId);
    }
    await Promise.allSettled(this.#inFlight);
  }

  async #commit(update: Uint8Array, userId: string): Promise<{ ok: true; seq: number } | Refusal> {
    const seq = await this.#persist(update, userId);
    if (typeof seq !== 'number') return seq;
    if (!this.#seen(seq)) {
      if (!applies(this.#doc, update)) return await this.#setAside(seq);
      this.#mark(seq, update);
      this.#parts.announce(seq, update);
    }
    await this.#relay();
    return { ok: true, seq };
  }

  #reserve({ blocks }: Inspection): void {
    for (const [client, { to }] of blocks) {
      this.#reserved.set(client, Math.max(this.#reserved.get(client) ?? 0, to));
    }
  }

  async #persist(data: Uint8Array, userId: string): Promise<number | Refusal> {
    const { workflowId, store } = this.#parts;
    const before = this.#failures;
    const wanted = () => this.#failures === before && !this.#closed;
    try {
      return await store.append({ workflowId, data, userId, origin: 'person', wanted });
    } catch (error) {
      // What was checked on top of this one must not be written: forget it, and let it be sent again.
      this.#failures += 1;
      this.#reserved.clear();
      if (error instanceof AppError) return refusal(error.code, error.message);
      this.#parts.warn({ err: error }, 'a draft update was not stored');
      return refusal('unavailable', 'The edit could not be saved just now. It will be sent again.');
    }
  }

  /** The row is there but cannot be applied: it must never be loaded, and this document may be half-changed. */
  async #setAside(seq: number): Promise<Refusal> {
    try {
      await this.#parts.store.quarantine(this.#parts.workflowId, seq);
      await this.#rebuild();
    } catch (error) {
      // Nobody may go on with this document: whoever opens the draft next reads the rows.
      this.#closed = true;
      this.#parts.gone();
      throw error;
    }
    return refusal('invalid_input', 'The update cannot be applied to this draft.');
  }

  async #rebuild(): Promise<void> {
    this.#doc.destroy();
    this.#doc = new Y.Doc();
    this.#seq = 0;
    this.#ahead.clear();
    this.#rows = 0;
    this.#bytes = 0;
    await this.catchUp();
  }

  async #readRows(): Promise<void> {
    const { store, workflowId } = this.#parts;
    const found = await store.load(workflowId, this.#seq);
    if (!found) {
      this.#closed = true;
      this.#parts.gone();
      return;
    }
    const rows = found.rows.filter((row) => row.state || !this.#seen(row.seq));
    const broken = applyRows(this.#doc, rows);
    if (broken !== undefined) {
      await store.quarantine(workflowId, broken);
      this.#doc = new Y.Doc();
      this.#seq = 0;
      this.#ahead.clear();
      await this.#readRows();
      return;
    }
    for (const row of rows) {
      this.#rows += row.state ? 0 : 1;
      this.#bytes += row.data.byteLength;
      this.#outgoing.push(row.data);
    }
    this.#seq = Math.max(this.#seq, found.seq);
    this.#settle();
    await this.#relay();
  }

  #mark(seq: number, update: Uint8Array): void {
    this.#ahead.add(seq);
    this.#settle();
    this.#outgoing.push(update);
    this.#rows += 1;
    this.#bytes += update.byteLength;
    if (this.#rows >= compactAfter && this.#ahead.size === 0) void this.compact(compactAfter);
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

  /** Relays what this turn of the event loop brought, once for all of it. */
  #relay(): Promise<void> {
    this.#relayed ??= new Promise((resolve) => {
      // After the promises that one commit settles, and before anything else.
      process.nextTick(() => {
        this.#relayed = undefined;
        const updates = this.#outgoing;
        this.#outgoing = [];
        if (updates.length > 0) this.#parts.relay(updates);
        resolve();
      });
    });
    return this.#relayed;
  }
}

/** How many types hold a stored struct; a root is none. */
function typesAbove(doc: Y.Doc, { client, clock }: Id): number {
  let struct: Y.Item | null = Y.getItem(doc.store, Y.createID(client, clock));
  let levels = 0;
  while (struct instanceof Y.Item && struct.parent instanceof Y.AbstractType) {
    struct = struct.parent._item;
    levels += 1;
  }
  return Math.max(0, levels - 1);
}

const refusal = (code: Refusal['error']['code'], message: string): Refusal => ({
  ok: false,
  error: { code, message },
});
