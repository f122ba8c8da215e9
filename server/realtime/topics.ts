import { largestNumber } from '@/lib/api/bounds';
import { type WorkspaceKind, workspaceKinds } from '@/lib/realtime/messages';
import type { Topic } from '@/server/bus/bus';
import type { Services } from '@/server/services';
import { roomOf } from './peer';

/** Sends to all sockets of this process in a Socket.IO room. */
export type Emit = (room: string, event: string, message: object) => void;
export type TopicParts = Pick<Services, 'bus' | 'log'> & { emit: Emit };

/** A workspace is still heard for this time after its last socket left: who comes back asks what changed meanwhile. */
const lingerMs = 5 * 60_000;
/** How much later than it happened a change may be heard of, and how long a question may travel. */
const slackMs = 5_000;

type Entry = {
  users: number;
  /** Since when, in the time of this process, nothing was missed. Infinity until the subscription stands. */
  since: number;
  /** When each kind was last heard. */
  heard: Map<WorkspaceKind, number>;
  stop: Promise<() => void>;
  leaving?: ReturnType<typeof setTimeout> | undefined;
};

/** The topics of the bus that sockets of this process follow: one subscription for each, however many sockets follow. */
export class Topics {
  readonly #parts: TopicParts;
  readonly #open = new Map<Topic, Entry>();
  readonly #stopGaps: () => void;
  readonly #now: () => number;

  constructor(parts: TopicParts, now: () => number = () => performance.now()) {
    this.#parts = parts;
    this.#now = now;
    this.#stopGaps = parts.bus.onGap(() => this.#afterGap());
  }

  /** Resolves when what is published from now on reaches the sockets. */
  async acquire(topic: Topic): Promise<void> {
    let entry = this.#open.get(topic);
    if (!entry) {
      const added: Entry = {
        users: 0,
        since: Number.POSITIVE_INFINITY,
        heard: new Map(),
        stop: Promise.resolve(() => undefined),
      };
      added.stop = this.#subscribe(topic, added);
      added.stop.then(
        () => {
          added.since = this.#now();
        },
        () => this.#open.delete(topic),
      );
      this.#open.set(topic, added);
      entry = added;
    }
    clearTimeout(entry.leaving);
    entry.users += 1;
    await entry.stop;
  }

  release(topic: Topic): void {
    const entry = this.#open.get(topic);
    if (!entry) return;
    entry.users -= 1;
    if (entry.users > 0) return;
    if (topic.startsWith('run:')) {
      this.#end(topic, entry);
      return;
    }
    clearTimeout(entry.leaving);
    entry.leaving = setTimeout(() => this.#end(topic, entry), lingerMs);
    entry.leaving.unref();
  }

  /** Of which kinds something may have changed in the last `ageMs`: all of them, where this process did not hear that long. */
  changedSince(workspaceId: string, ageMs: number): WorkspaceKind[] {
    const entry = this.#open.get(`workspace:${workspaceId}`);
    const from = this.#now() - ageMs - slackMs;
    if (!entry || entry.since > from) return [...workspaceKinds];
    return workspaceKinds.filter(
      (kind) => (entry.heard.get(kind) ?? Number.NEGATIVE_INFINITY) >= from,
    );
  }

  close(): void {
    this.#stopGaps();
    for (const { leaving } of this.#open.values()) clearTimeout(leaving);
  }

  /** The bus was away: whoever follows reads again. */
  #afterGap(): void {
    const now = this.#now();
    for (const [topic, entry] of this.#open) {
      const id = topic.slice(topic.indexOf(':') + 1);
      if (topic.startsWith('run:')) {
        // A number that no follower has: it asks for the events after its own.
        this.#parts.emit(roomOf('run', id), 'run.events', { runId: id, seq: largestNumber });
        continue;
      }
      if (entry.since !== Number.POSITIVE_INFINITY) entry.since = now;
      for (const kind of workspaceKinds) {
        const hint = { workspaceId: id, kind, id: '' };
        this.#parts.emit(roomOf('workspace', id), 'workspace.changed', hint);
      }
    }
  }

  #end(topic: Topic, entry: Entry): void {
    if (this.#open.get(topic) !== entry || entry.users > 0) return;
    this.#open.delete(topic);
    entry.stop.then(
      (stop) => stop(),
      (error: unknown) =>
        this.#parts.log.warn({ err: error, topic }, 'a topic could not be followed'),
    );
  }

  #subscribe(topic: Topic, entry: Entry): Promise<() => void> {
    const { bus, emit } = this.#parts;
    const id = topic.slice(topic.indexOf(':') + 1);
    if (topic.startsWith('workspace:')) {
      return bus.subscribe(`workspace:${id}`, (message) => {
        entry.heard.set(message.kind, this.#now());
        emit(roomOf('workspace', id), 'workspace.changed', { workspaceId: id, ...message });
      });
    }
    return bus.subscribe(`run:${id}`, (message) => {
      if (message.kind === 'stream-request') return;
      const { kind, ...rest } = message;
      emit(roomOf('run', id), eventNames[kind], { runId: id, ...rest });
    });
  }
}

const eventNames = { events: 'run.events', stream: 'run.stream', below: 'run.below' } as const;
