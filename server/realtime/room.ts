import * as Y from 'yjs';
import { AppError } from '@/lib/api/errors';
import type { DraftLock, Refusal } from '@/lib/realtime/messages';
import { readMeta } from '@/lib/workflows/draft';
import type { ClaimedOrigin } from '@/lib/workflows/origin';
import type { DraftEdit } from '@/server/workflows/draft-rows';
import type { DraftStore } from '@/server/workflows/draft-store';
import { lockedBy } from '@/server/workflows/locks/locked-by';
import { ElementLimits } from './element-limits';
import {
  type Id,
  type Inspection,
  inspectUpdate,
  judgeUpdate,
  nestsTooDeeply,
  type Refused,
} from './guard';
import { Mender } from './mender';
import { Places, type Reading } from './places';
import { RoomDocument, type RoomDocumentParts } from './room-document';

export type RoomParts = RoomDocumentParts & {
  store: Pick<DraftStore, 'append' | 'issueClientId' | 'locks' | 'ownsClientId'>;
  /** An own update was committed: for the other processes. */
  announce(seq: number, edit: DraftEdit): void;
  /** The locks changed: for everybody who has the draft open in this process. */
  relayLocks(locks: DraftLock[]): void;
  /** Something that everybody in the draft should know, in all processes. */
  notice(text: string, nodeIds: string[]): void;
};

/** Bytes of one document; more is refused. */
const maxBytes = 33_554_432;

/**
 * One open draft of this process: check, persist, apply, relay, acknowledge. Memory is never ahead of the rows; what
 * cannot be applied is set aside in the rows, and the document is built from them again. Knows no socket.
 */
export class Room {
  readonly #parts: RoomParts;
  readonly #document: RoomDocument;
  /** Clocks that are checked and on their way to the rows. */
  #reserved = new Map<number, number>();
  #inFlight = new Set<Promise<unknown>>();
  /** While one update waits before it can be judged, those behind it wait too: they may build on it. */
  #gate: Promise<void> | undefined;
  /** Counts failed writes: what was checked on top of one is not written. */
  #failures = 0;
  #owners = new Map<number, string>();
  readonly #places: Places;
  readonly #limits = new ElementLimits();
  readonly #mender: Mender;
  #locks: DraftLock[] = [];
  #readingLocks: Promise<void> | undefined;

  private constructor(parts: RoomParts) {
    this.#parts = parts;
    this.#document = new RoomDocument(parts);
    this.#places = new Places(() => this.#document.doc);
    this.#mender = new Mender({
      ...parts,
      doc: () => this.#document.doc,
      issueClientId: () => parts.store.issueClientId(parts.workflowId, null),
      commit: (data) => this.#commitRepair(data),
    });
  }

  /** A room with everything that is stored; undefined when there is no such draft. */
  static async open(parts: RoomParts): Promise<Room | undefined> {
    const room = new Room(parts);
    await Promise.all([room.catchUp(), room.readLocks()]);
    return room.#document.closed ? undefined : room;
  }

  get seq(): number {
    return this.#document.seq;
  }

  /** Those that hold as far as this process knows. */
  get locks(): readonly DraftLock[] {
    return this.#locks;
  }

  /** Whether these are the locks that it knows. */
  hasLocks(locks: readonly DraftLock[]): boolean {
    return JSON.stringify(locks) === JSON.stringify(this.#locks);
  }

  /** What a client with this state vector lacks. Throws on bytes that are no state vector. */
  missingFor(stateVector: Uint8Array | undefined): { update: Uint8Array; stateVector: Uint8Array } {
    const { doc } = this.#document;
    return {
      update: stateVector ? Y.encodeStateAsUpdate(doc, stateVector) : this.#document.whole(),
      stateVector: Y.encodeStateVector(doc),
    };
  }

  meta(): { name: string; description: string } {
    return readMeta(this.#document.doc);
  }

  /** Remembers that an id was issued to a person. */
  issued(clientId: number, userId: string): void {
    this.#owners.set(clientId, userId);
  }

  /** Takes an update of a person in: its number once it is committed and relayed, or a refusal that changed nothing. */
  async submit(
    update: Uint8Array,
    userId: string,
    origin: ClaimedOrigin | 'person' = 'person',
  ): Promise<{ ok: true; seq: number } | Refusal> {
    const inspection = inspectUpdate(update);
    if ('code' in inspection) return { ok: false, error: inspection };
    if (this.#document.bytes + update.byteLength > maxBytes) {
      return refusal('too_large', 'This workflow has grown to its limit. Remove something first.');
    }
    while (this.#gate !== undefined) await this.#gate;
    const work = await this.#admit({ data: update, userId, origin }, inspection);
    return 'ok' in work ? work : work.commit;
  }

  /** Checks an update against what is known, and starts its commit; nothing comes between the two. */
  async #admit(
    edit: Omit<DraftEdit, 'at'> & { userId: string },
    inspection: Inspection,
  ): Promise<Refusal | { commit: ReturnType<Room['submit']> }> {
    const { userId } = edit;
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
      const known = (client: number) => this.#known(client);
      if (nestsTooDeeply(inspection, known, (id) => typesAbove(this.#document.doc, id))) {
        return refusal('invalid_input', 'The update nests values too deeply.');
      }
      const reading = this.#places.read(inspection, known);
      const denied = this.#deny(reading, userId);
      if (denied) return denied;
      reading.hold();
      return { commit: this.#start(edit, inspection).finally(reading.release) };
    } finally {
      open?.();
    }
  }

  async #start(
    edit: Omit<DraftEdit, 'at'>,
    inspection: Inspection,
  ): Promise<{ ok: true; seq: number } | Refusal> {
    this.#reserve(inspection);
    const work = this.#commit({ ...edit, at: Date.now() });
    this.#inFlight.add(work);
    try {
      return await work;
    } finally {
      this.#inFlight.delete(work);
      if (this.#inFlight.size === 0) this.#reserved.clear();
    }
  }

  /** Reads the locks again, and tells of them when they changed. Concurrent calls share one reading that began after them. */
  async readLocks(): Promise<void> {
    await this.#readingLocks?.catch(() => undefined);
    this.#readingLocks ??= this.#fetchLocks().finally(() => {
      this.#readingLocks = undefined;
    });
    await this.#readingLocks;
  }

  /** Takes in what another process announced; without the edit, the rows are read. */
  receive(seq: number, edit: DraftEdit | undefined): Promise<void> {
    return this.#document.receive(seq, edit);
  }

  /** Applies and relays all rows that are not applied yet. */
  catchUp(): Promise<void> {
    return this.#document.catchUp();
  }

  /** Writes a state when enough was added since the last one. */
  compact(atLeast: number, atRest = false): Promise<void> {
    return this.#document.compact(atLeast, atRest);
  }

  close(): void {
    this.#mender.close();
    this.#document.close();
  }

  async #fetchLocks(): Promise<void> {
    const { store, workflowId, relayLocks } = this.#parts;
    const locks = (await store.locks([workflowId])).get(workflowId) ?? [];
    if (this.hasLocks(locks)) return;
    this.#locks = locks;
    relayLocks(locks);
  }

  /** Why an update that could be applied is not taken in. */
  #deny({ touches, astray }: Reading, userId: string): Refusal | undefined {
    if (astray)
      return refusal('invalid_input', 'The update puts something where a draft has none.');
    if (this.#locks.length > 0 && touches.size > 0) {
      const now = Date.now();
      const holding = this.#locks.filter(
        ({ expiresAt }) => expiresAt === null || Date.parse(expiresAt) > now,
      );
      const locked = lockedBy(this.#document.doc, holding, userId, touches.keys());
      if (locked !== undefined) return refusal('locked', locked);
    }
    const tooLarge = this.#limits.admit(this.#document.doc, touches);
    return tooLarge && { ok: false, error: tooLarge };
  }

  async #commitRepair(data: Uint8Array): Promise<void> {
    const edit: DraftEdit = { data, userId: null, origin: 'mend', at: Date.now() };
    const { workflowId, store } = this.#parts;
    const seq = await store.append({ workflowId, ...edit });
    await this.#takeIn(seq, edit);
  }

  #known(client: number): number {
    return Math.max(Y.getState(this.#document.doc.store, client), this.#reserved.get(client) ?? 0);
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

  async #commit(edit: DraftEdit): Promise<{ ok: true; seq: number } | Refusal> {
    const seq = await this.#persist(edit);
    if (typeof seq !== 'number') return seq;
    return (await this.#takeIn(seq, edit))
      ? { ok: true, seq }
      : refusal('invalid_input', 'The update cannot be applied to this draft.');
  }

  /** Applies and relays what this process committed. False: it had to be set aside. */
  async #takeIn(seq: number, edit: DraftEdit): Promise<boolean> {
    if (!this.#document.seen(seq)) {
      const touched = this.#document.take(seq, edit);
      if (!touched) {
        await this.#document.setAside(seq);
        return false;
      }
      this.#mender.note(touched);
      this.#parts.announce(seq, edit);
    }
    await this.#document.relay();
    return true;
  }

  #reserve({ blocks }: Inspection): void {
    for (const [client, { to }] of blocks) {
      this.#reserved.set(client, Math.max(this.#reserved.get(client) ?? 0, to));
    }
  }

  async #persist({ data, userId, origin }: DraftEdit): Promise<number | Refusal> {
    const { workflowId, store } = this.#parts;
    const before = this.#failures;
    const wanted = () => this.#failures === before && !this.#document.closed;
    try {
      const { patienceMs } = this.#document;
      return await store.append({ workflowId, data, userId, origin, wanted, patienceMs });
    } catch (error) {
      // What was checked on top of this one must not be written: forget it, and let it be sent again.
      this.#failures += 1;
      this.#reserved.clear();
      if (error instanceof AppError) return refusal(error.code, error.message);
      this.#parts.warn({ err: error }, 'a draft update was not stored');
      return refusal('unavailable', 'The edit could not be saved just now. It will be sent again.');
    }
  }
}

/** How many types hold a stored struct; a root is none. */
export function typesAbove(doc: Y.Doc, { client, clock }: Id): number {
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
