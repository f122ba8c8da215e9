import { randomUUID } from 'node:crypto';
import type { DraftLock } from '@/lib/realtime/messages';
import type { AuthoredUpdate } from '@/lib/workflows/changes/authored-update';
import type { DraftMessage } from '@/server/bus/bus';
import type { Services } from '@/server/services';
import { type AgentsHere, createAgentsHere } from './agents-here';
import { createHolders, type Holders } from './holders';
import { createPresenceBoard, type PresenceBoard } from './presence-board';
import { Room } from './room';
import type { RelayedUpdate } from './room-document';

/** An open draft with everything that this process holds for it. */
export type OpenDraft = {
  room: Room;
  presence: PresenceBoard;
  holders: Holders;
  agents: AgentsHere;
};

export type HubParts = Pick<Services, 'drafts' | 'bus' | 'log'> & {
  /** Sends to every socket of this process that has the draft open. */
  relay(workflowId: string, updates: RelayedUpdate[]): void;
  relayPresence(workflowId: string, update: Uint8Array): void;
  relayLocks(workflowId: string, locks: DraftLock[]): void;
  relayNotice(workflowId: string, text: string, nodeIds: string[]): void;
  /** The draft is gone: whoever has it open must leave. */
  gone(workflowId: string): void;
  /** How long a draft that nobody has open stays in memory. */
  idleMs?: number;
};

type Entry = {
  opening: Promise<OpenDraft | undefined>;
  open?: OpenDraft;
  users: number;
  unloading?: NodeJS.Timeout;
  touching?: NodeJS.Timeout | undefined;
  stops: (() => void)[];
};

const touchMs = 1_500;
const unloadMs = 30_000;
/** A draft that is unloaded with at least as many updates is compacted first: what was done is then in its history. */
const compactOnUnload = 1;

/** The open drafts of one process, in step with the rows and, over the bus, with the other processes. */
export class Hub {
  readonly #parts: HubParts;
  readonly #entries = new Map<string, Entry>();
  /** Tells own messages from those of others; a restarted process is another one. */
  readonly #name = randomUUID();
  readonly #stopGaps: () => void;

  constructor(parts: HubParts) {
    this.#parts = parts;
    this.#stopGaps = parts.bus.onGap(() => {
      for (const { open } of this.#entries.values()) {
        if (!open) continue;
        Promise.all([open.room.catchUp(), open.room.readLocks()]).catch((error: unknown) => {
          parts.log.warn({ err: error }, 'a draft fell behind');
        });
      }
    });
  }

  /** Opens a draft for one more user, or undefined when there is none. Call `release` once for each. */
  acquire(workflowId: string): Promise<OpenDraft | undefined> {
    let entry = this.#entries.get(workflowId);
    if (!entry) {
      entry = { opening: Promise.resolve(undefined), users: 0, stops: [] };
      this.#entries.set(workflowId, entry);
      entry.opening = this.#start(workflowId, entry);
    }
    entry.users += 1;
    clearTimeout(entry.unloading);
    return entry.opening;
  }

  release(workflowId: string): void {
    const entry = this.#entries.get(workflowId);
    if (!entry) return;
    entry.users -= 1;
    if (entry.users > 0) return;
    clearTimeout(entry.unloading);
    entry.unloading = setTimeout(
      () => void this.#unload(workflowId, entry),
      this.#parts.idleMs ?? unloadMs,
    );
    entry.unloading.unref();
  }

  /** Reads the locks of all open drafts in one statement: what ended by time, or whose hint was lost, is seen then. */
  async checkLocks(): Promise<void> {
    const rooms = [...this.#entries].flatMap(([id, { open }]) => (open ? [{ id, ...open }] : []));
    if (rooms.length === 0) return;
    const locks = await this.#parts.drafts.locks(rooms.map(({ id }) => id));
    const changed = rooms.filter(({ id, room }) => !room.hasLocks(locks.get(id) ?? []));
    await Promise.all(changed.map(({ room }) => room.readLocks()));
  }

  /**
   * Looks for updates that no hint told of, of all open drafts in one statement: a process may die between its commit
   * and its announcement, and a reading after a gap may fail.
   */
  async checkNumbers(): Promise<void> {
    const rooms = [...this.#entries].flatMap(([id, { open }]) => (open ? [{ id, ...open }] : []));
    if (rooms.length === 0) return;
    // What is on its way now comes by itself: only what was there before is looked for.
    const had = new Map(rooms.map(({ id, room }) => [id, room.seq]));
    const numbers = await this.#parts.drafts.numbers(rooms.map(({ id }) => id));
    const behind = rooms.filter(
      ({ id, room }) => (numbers.get(id) ?? 0) > room.seq && room.seq === had.get(id),
    );
    await Promise.all(behind.map(({ room }) => room.catchUp()));
  }

  async close(): Promise<void> {
    this.#stopGaps();
    const all = [...this.#entries];
    await Promise.all(all.map(([, { open }]) => open?.room.compact(compactOnUnload, true)));
    for (const [workflowId, entry] of all) this.#drop(workflowId, entry);
  }

  async #start(workflowId: string, entry: Entry): Promise<OpenDraft | undefined> {
    const { bus } = this.#parts;
    try {
      // Heard before it is read: what is published in between is not lost.
      entry.stops.push(
        await bus.subscribe(`draft:${workflowId}`, (m) => this.#hear(workflowId, entry, m)),
      );
      const presence = createPresenceBoard({
        relay: (update) => this.#parts.relayPresence(workflowId, update),
        publish: (update) => this.#publishPresence(workflowId, update),
      });
      entry.stops.push(() => presence.close());
      const room = await this.#openRoom(workflowId, entry);
      if (!room) {
        this.#drop(workflowId, entry);
        return undefined;
      }
      entry.stops.push(() => room.close());
      const holders = createHolders((clientId) =>
        bus.publish(`draft:${workflowId}`, { kind: 'holder', clientId, by: this.#name }),
      );
      const agents = createAgentsHere((clientId) => presence.forget(clientId));
      entry.stops.push(() => agents.close());
      entry.open = { room, presence, holders, agents };
      // Nothing in it asks the other processes who is here; they answer with what they know.
      this.#publishPresence(workflowId, new Uint8Array());
      return entry.open;
    } catch (error) {
      this.#drop(workflowId, entry);
      throw error;
    }
  }

  #openRoom(workflowId: string, entry: Entry): Promise<Room | undefined> {
    const { drafts, bus, log, relay, relayLocks, relayNotice, gone } = this.#parts;
    return Room.open({
      workflowId,
      store: drafts,
      relay: (updates) => relay(workflowId, updates),
      relayLocks: (locks) => relayLocks(workflowId, locks),
      notice: (text, nodeIds) => {
        relayNotice(workflowId, text, nodeIds);
        bus.publish(`draft:${workflowId}`, { kind: 'notice', text, nodeIds, by: this.#name });
      },
      announce: (seq, { data, userId, source, at }) => {
        const update = Buffer.from(data).toString('base64');
        const edit = { seq, update, by: this.#name, userId, origin: source, at };
        bus.publish(`draft:${workflowId}`, edit);
        entry.touching ??= setTimeout(() => this.#touch(workflowId, entry), touchMs);
      },
      gone: () => {
        gone(workflowId);
        this.#drop(workflowId, entry);
      },
      warn: (details, message) => log.warn({ ...details, workflowId }, message),
    });
  }

  #hear(workflowId: string, entry: Entry, message: DraftMessage): void {
    const { open } = entry;
    if (message.by === this.#name || !open) return;
    if (message.kind === 'reset') {
      // Who had it open joins again, and is told why that does not work.
      this.#parts.gone(workflowId);
      this.#drop(workflowId, entry);
      return;
    }
    if (message.kind === 'notice') {
      // Too large a one comes without its text.
      if (message.text) this.#parts.relayNotice(workflowId, message.text, message.nodeIds);
      return;
    }
    if (message.kind === 'holder') {
      open.holders.taken(message.clientId);
      return;
    }
    if (message.kind === 'locks') {
      open.room.readLocks().catch((error: unknown) => {
        this.#parts.log.warn({ err: error }, 'locks could not be read just now');
      });
      return;
    }
    if (message.kind === 'agent') {
      open.presence.receive(Buffer.from(message.update, 'base64'));
      open.agents.heard(message.clientId, message.here);
      return;
    }
    if (message.kind === 'awareness') {
      const bytes = Buffer.from(message.update, 'base64');
      if (bytes.byteLength > 0) open.presence.receive(bytes);
      else open.presence.announce();
      return;
    }
    open.room.receive(message.seq, editOf(message)).catch((error: unknown) => {
      this.#parts.log.warn({ err: error }, 'a draft could not follow another process just now');
    });
  }

  #publishPresence(workflowId: string, update: Uint8Array): void {
    this.#parts.bus.publish(`draft:${workflowId}`, {
      kind: 'awareness',
      update: Buffer.from(update).toString('base64'),
      by: this.#name,
    });
  }

  /** Brings the workflow's row up to date and tells its workspace. */
  #touch(workflowId: string, entry: Entry): void {
    const { drafts, bus, log } = this.#parts;
    clearTimeout(entry.touching);
    entry.touching = undefined;
    if (!entry.open) return;
    drafts.touch(workflowId, entry.open.room.searchable()).then(
      (workspace) => {
        if (workspace) bus.publish(`workspace:${workspace}`, { kind: 'workflow', id: workflowId });
      },
      (error: unknown) => log.warn({ err: error, workflowId }, 'a workflow row stayed behind'),
    );
  }

  async #unload(workflowId: string, entry: Entry): Promise<void> {
    if (entry.users > 0) return;
    if (entry.touching) this.#touch(workflowId, entry);
    await entry.open?.room.compact(compactOnUnload, true);
    // Whoever came during the compaction keeps it open; everything is stored, so nothing is lost otherwise.
    if (entry.users === 0) this.#drop(workflowId, entry);
  }

  #drop(workflowId: string, entry: Entry): void {
    if (this.#entries.get(workflowId) === entry) this.#entries.delete(workflowId);
    clearTimeout(entry.unloading);
    clearTimeout(entry.touching);
    for (const stop of entry.stops.splice(0)) stop();
  }
}

/** The edit that a message carries; undefined when it was too large to travel, or came without its author. */
function editOf(message: Extract<DraftMessage, { seq: number }>): AuthoredUpdate | undefined {
  const { update, userId, origin: source, at } = message;
  if (update === undefined || userId === undefined || source === undefined || at === undefined) {
    return undefined;
  }
  return { data: Buffer.from(update, 'base64'), userId, source, at };
}
