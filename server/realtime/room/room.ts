import * as Y from 'yjs';
import { AppError } from '@/lib/api/errors';
import { type DraftLock, type Refusal, realtimeLimits } from '@/lib/realtime/messages';
import type { AuthoredUpdate } from '@/lib/workflows/changes/authored-update';
import type { ClaimedSource } from '@/lib/workflows/changes/source';
import { readSearchable, type Searchable } from '@/lib/workflows/draft/searchable';
import { fullDraft, maxDraftBytes } from '@/server/workflows/draft/draft-limits';
import type { DraftStore } from '@/server/workflows/draft/draft-store';
import { lockedBy } from '@/server/workflows/locks/locked-by';
import { ElementLimits } from './element-limits';
import { type Id, type Inspection, inspectUpdate, judgeUpdate, nestsTooDeeply } from './guard';
import { Places } from './places';
import { Repairer, type RepairerParts } from './repairer';
import { RoomDocument, type RoomDocumentParts } from './room-document';

export type RoomParts = Omit<RoomDocumentParts, 'changed'> & {
  store: Pick<DraftStore, 'append' | 'appendAt' | 'locks' | 'repair' | 'ownedClientIds'>;
  /** An own update was committed: for the other processes. */
  announce(seq: number, edit: AuthoredUpdate): void;
  /** The locks changed: for everybody who has the draft open in this process. */
  relayLocks(locks: DraftLock[]): void;
  /** Something that everybody in the draft should know, in all processes. */
  notice(text: string, nodeIds: string[]): void;
};

/** What is left to the limit of a whole draft when others may reach it unseen, in bytes. */
const bytesMargin = 2_097_152;
/** How often an update is judged anew because others wrote meanwhile. */
const maxTries = 20;

type NewEdit = Omit<AuthoredUpdate, 'at'> & { userId: string };
type Taken = { ok: true; seq: number };
type Judged = {
  refused?: Refusal;
  undecided?: true;
  reading?: ReturnType<Places['read']>;
  tight?: boolean;
};

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
  #bytesInFlight = 0;
  /** While one update waits before it can be judged, those behind it wait too: they may build on it. */
  #gate: Promise<void> | undefined;
  /** Counts failed writes: what was checked on top of one is not written. */
  #failures = 0;
  #owners = new Map<number, string>();
  readonly #places: Places;
  readonly #limits = new ElementLimits();
  readonly #repairer: Repairer;
  #locks: DraftLock[] = [];
  #readingLocks: Promise<void> | undefined;

  private constructor(parts: RoomParts) {
    this.#parts = parts;
    this.#document = new RoomDocument({
      ...parts,
      changed: (changedPaths) => this.#repairer.note(changedPaths),
    });
    this.#places = new Places(() => this.#document.doc);
    this.#repairer = new Repairer({
      ...parts,
      doc: () => this.#document.doc,
      repair: () => this.#repair(),
    });
  }

  /** A room with everything that is stored; undefined when there is no such draft. */
  static async open(parts: RoomParts): Promise<Room | undefined> {
    const room = new Room(parts);
    await Promise.all([room.catchUp(), room.readLocks()]);
    if (room.#document.closed) return undefined;
    room.#repairer.opened();
    return room;
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
      update: stateVector ? Y.encodeStateAsUpdate(doc, stateVector) : this.#document.state(),
      stateVector: Y.encodeStateVector(doc),
    };
  }

  searchable(): Searchable {
    return readSearchable(this.#document.doc);
  }

  /** Remembers that an id was issued to a person. */
  issued(clientId: number, userId: string): void {
    this.#owners.set(clientId, userId);
  }

  /** Takes an update of a person in: its number once it is committed and relayed, or a refusal that changed nothing. */
  async submit(
    update: Uint8Array,
    userId: string,
    source: ClaimedSource | 'person' = 'person',
  ): Promise<Taken | Refusal> {
    const inspection = inspectUpdate(update);
    if ('code' in inspection) return { ok: false, error: inspection };
    const { blocks, deletes } = inspection;
    // Nothing is in it: there is nothing to store.
    if (blocks.size === 0 && deletes.size === 0) return { ok: true, seq: this.seq };
    if (blocks.size > realtimeLimits.clientIds) {
      return refusal('invalid_input', `An update may have ${realtimeLimits.clientIds} client ids.`);
    }
    for (;;) {
      const wait = this.#gate ?? this.#document.rebuilding;
      if (wait === undefined) break;
      await wait;
    }
    const work = await this.#admit({ data: update, userId, source }, inspection);
    return 'ok' in work ? work : work.commit;
  }

  /** Checks an update against what is known, and starts its commit; nothing comes between the two. */
  async #admit(
    edit: NewEdit,
    inspection: Inspection,
  ): Promise<Refusal | Taken | { commit: ReturnType<Room['submit']> }> {
    const { userId } = edit;
    const { blocks, hasTypes } = inspection;
    const strange = [...blocks.keys()].some((client) => !this.#owners.has(client));
    let open: (() => void) | undefined;
    try {
      if (strange || (hasTypes && this.#inFlight.size > 0)) {
        open = this.#closeGate();
        await this.#prepare(inspection, userId);
      }
      let judged = this.#judge(inspection, edit);
      if (judged.refused?.error.code === 'resync' || judged.undecided) {
        open ??= this.#closeGate();
        await Promise.allSettled(this.#inFlight);
        await this.catchUp();
        judged = this.#judge(inspection, edit);
      }
      if (judged.tight) {
        open ??= this.#closeGate();
        return await this.#commitAlone(edit, inspection);
      }
      if (!judged.reading) return judged.refused ?? undecidedUpdate;
      const { hold, release, touches } = judged.reading;
      hold();
      const uncount = this.#limits.hold(touches);
      const commit = this.#start(edit, inspection).finally(() => {
        release();
        uncount();
      });
      return { commit };
    } finally {
      open?.();
    }
  }

  /**
   * Takes in an update that the newest state decides on: near a limit, what other processes commit meanwhile counts. It is
   * stored only where nothing was stored since it was judged. The gate must be closed.
   */
  async #commitAlone(edit: NewEdit, inspection: Inspection): Promise<Refusal | Taken> {
    const { store, workflowId } = this.#parts;
    for (let tries = 0; tries < maxTries; tries += 1) {
      await Promise.allSettled(this.#inFlight);
      await this.catchUp();
      const judged = this.#judge(inspection, edit);
      if (!judged.reading) return judged.refused ?? undecidedUpdate;
      const full = { ...edit, at: Date.now() };
      const seq = await this.#stored(() =>
        store.appendAt({ workflowId, ...edit }, this.#document.seq),
      );
      if (seq === undefined) continue;
      return typeof seq === 'number' ? this.#takeIn(seq, full) : seq;
    }
    return refusal(
      'unavailable',
      'Many people are editing this workflow. Your edit will be sent again.',
    );
  }

  async #start(edit: NewEdit, inspection: Inspection): Promise<Taken | Refusal> {
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
  receive(seq: number, edit: AuthoredUpdate | undefined): Promise<void> {
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
    this.#repairer.close();
    this.#document.close();
  }

  async #fetchLocks(): Promise<void> {
    const { store, workflowId, relayLocks } = this.#parts;
    const locks = (await store.locks([workflowId])).get(workflowId) ?? [];
    if (this.hasLocks(locks)) return;
    this.#locks = locks;
    relayLocks(locks);
  }

  /** Judges an update on what is known. With a reading it may be taken in, unless `tight` says that more must be known. */
  #judge(inspection: Inspection, edit: NewEdit): Judged {
    const { userId, data } = edit;
    const known = (client: number) => this.#known(client);
    const refused = judgeUpdate(inspection, known, (id) => this.#owners.get(id) === userId);
    if (refused) return { refused: { ok: false, error: refused } };
    const { doc, bytes } = this.#document;
    if (nestsTooDeeply(inspection, known, (id) => typesAbove(doc, id))) {
      return { refused: refusal('invalid_input', 'The update nests values too deeply.') };
    }
    const reading = this.#places.read(inspection, known);
    if (reading.undecided) return { undecided: true };
    if (reading.misplaced) {
      const message = 'The update puts something where a draft has none.';
      return { refused: refusal('invalid_input', message) };
    }
    const locked = this.#lockedFor(userId, reading.touches.keys());
    if (locked !== undefined) return { refused: refusal('locked', locked) };
    const size = bytes + this.#bytesInFlight + data.byteLength;
    if (size > maxDraftBytes) return { refused: refusal('too_large', fullDraft) };
    const admission = this.#limits.admit(doc, reading.touches);
    if (admission.refused) return { refused: { ok: false, error: admission.refused } };
    return { reading, tight: admission.tight || size > maxDraftBytes - bytesMargin };
  }

  #lockedFor(userId: string, elements: Iterable<string>): string | undefined {
    const now = Date.now();
    const holding = this.#locks.filter(
      ({ expiresAt }) => expiresAt === null || Date.parse(expiresAt) > now,
    );
    if (holding.length === 0) return undefined;
    return lockedBy(this.#document.doc, holding, userId, elements);
  }

  async #repair(): ReturnType<RepairerParts['repair']> {
    const { repaired } = await this.#parts.store.repair(this.#parts.workflowId);
    await this.catchUp();
    return repaired;
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

  /** Looks up whose ids these are, and waits until what an update may build on is applied. */
  async #prepare({ blocks }: Inspection, userId: string): Promise<void> {
    const { store, workflowId } = this.#parts;
    const strange = [...blocks.keys()].filter((client) => !this.#owners.has(client));
    if (strange.length > 0) {
      const owned = await store.ownedClientIds(workflowId, strange, userId);
      for (const client of owned) this.issued(client, userId);
    }
    await Promise.allSettled(this.#inFlight);
  }

  async #commit(edit: AuthoredUpdate): Promise<Taken | Refusal> {
    this.#bytesInFlight += edit.data.byteLength;
    try {
      const seq = await this.#persist(edit);
      return typeof seq === 'number' ? await this.#takeIn(seq, edit) : seq;
    } finally {
      this.#bytesInFlight -= edit.data.byteLength;
    }
  }

  /** Applies and relays what this process committed; refuses what had to be set aside. */
  async #takeIn(seq: number, edit: AuthoredUpdate): Promise<Taken | Refusal> {
    if (!this.#document.seen(seq)) {
      if (!(await this.#document.take(seq, edit))) {
        return refusal('invalid_input', 'The update cannot be applied to this draft.');
      }
      this.#parts.announce(seq, edit);
    }
    await this.#document.relay();
    return { ok: true, seq };
  }

  #reserve({ blocks }: Inspection): void {
    for (const [client, { to }] of blocks) {
      this.#reserved.set(client, Math.max(this.#reserved.get(client) ?? 0, to));
    }
  }

  #persist({ data, userId, source }: AuthoredUpdate): Promise<number | Refusal> {
    const { workflowId, store } = this.#parts;
    const before = this.#failures;
    const wanted = () => this.#failures === before && !this.#document.closed;
    const { patienceMs } = this.#document;
    return this.#stored(() =>
      store.append({ workflowId, data, userId, source, wanted, patienceMs }),
    );
  }

  async #stored<Seq>(append: () => Promise<Seq>): Promise<Seq | Refusal> {
    try {
      return await append();
    } catch (error) {
      // What was checked on top of this one must not be written: forget it, and let it be sent again.
      this.#failures += 1;
      this.#reserved.clear();
      if (AppError.isInstance(error)) return refusal(error.code, error.message);
      this.#parts.warn({ err: error }, 'a draft update was not stored');
      return refusal('unavailable', 'The edit was not saved. It will be sent again.');
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

const undecidedUpdate = {
  ok: false,
  error: {
    code: 'too_large',
    message: 'This change is too large to check. Make smaller changes.',
  },
} as const satisfies Refusal;

const refusal = (code: Refusal['error']['code'], message: string): Refusal => ({
  ok: false,
  error: { code, message },
});
