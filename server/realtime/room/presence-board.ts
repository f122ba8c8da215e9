import { createDecoder, hasContent, readVarString, readVarUint } from 'lib0/decoding';
import { createEncoder, toUint8Array, writeVarString, writeVarUint } from 'lib0/encoding';
import { presenceSchema } from '@/lib/realtime/messages';
import { personColor } from '@/lib/realtime/person-color';

type State = { clock: number; json: string; own: boolean; at: number };
/** One entry of an awareness update: `null` as JSON means that the client left. */
type Entry = { clientId: number; clock: number; json: string };

export type PresenceBoard = {
  /** Takes what a socket says of itself. False, and nothing changes, when it is not about the sender or no presence. */
  submit(
    update: Uint8Array,
    sender: { clientId: number; userId: string; userName: string },
  ): boolean;
  /** A client of this process left. */
  leave(clientId: number): void;
  /** Somebody whom another process told of is gone. */
  forget(clientId: number): void;
  /** Takes what another process says of its clients. */
  receive(update: Uint8Array): void;
  /** Tells the other processes who is here. */
  announce(): void;
  /** Everybody who is here, as an awareness update. */
  everybody(): Uint8Array;
  close(): void;
};

/** Clients say every 15 s that they are still there; those of a killed process do not. */
const forgottenAfterMs = 45_000;
const publishEveryMs = 40;
/** The first movement after a pause is told at once; what follows within a frame of a screen, together. */
const relayEveryMs = 16;

/** Who is in a draft and what they do: nothing of it is stored, and all of it may be lost. */
export function createPresenceBoard(parts: {
  relay(update: Uint8Array): void;
  publish(update: Uint8Array): void;
}): PresenceBoard {
  const states = new Map<number, State>();
  let toRelay = new Map<number, Entry>();
  let toPublish = new Map<number, Entry>();
  let relaying: NodeJS.Timeout | undefined;
  let relayedAt = 0;
  let publishing: NodeJS.Timeout | undefined;

  const relay = () => {
    relaying = undefined;
    relayedAt = performance.now();
    const entries = [...toRelay.values()];
    toRelay = new Map();
    parts.relay(encode(entries));
  };
  const publish = () => {
    publishing = undefined;
    const entries = [...toPublish.values()];
    toPublish = new Map();
    parts.publish(encode(entries));
  };
  const spread = (entry: Entry, own: boolean) => {
    toRelay.set(entry.clientId, entry);
    relaying ??= setTimeout(relay, Math.max(0, relayedAt + relayEveryMs - performance.now()));
    if (!own) return;
    toPublish.set(entry.clientId, entry);
    publishing ??= setTimeout(publish, publishEveryMs);
  };
  const take = (entry: Entry, own: boolean) => {
    const known = states.get(entry.clientId);
    if (known && known.clock >= entry.clock && entry.json !== 'null') return;
    if (entry.json === 'null') states.delete(entry.clientId);
    else states.set(entry.clientId, { ...entry, own, at: Date.now() });
    spread(entry, own);
  };
  const sweep = setInterval(() => {
    const before = Date.now() - forgottenAfterMs;
    for (const [clientId, state] of states) {
      if (state.at < before) take({ clientId, clock: state.clock, json: 'null' }, state.own);
    }
  }, 15_000);
  sweep.unref();

  return {
    submit(update, sender) {
      const entry = honestEntry(update, sender);
      if (entry) take(entry, true);
      return entry !== undefined;
    },
    leave(clientId) {
      const clock = states.get(clientId)?.clock;
      if (clock !== undefined) take({ clientId, clock, json: 'null' }, true);
    },
    forget(clientId) {
      const clock = states.get(clientId)?.clock;
      if (clock !== undefined) take({ clientId, clock, json: 'null' }, false);
    },
    receive(update) {
      for (const entry of decode(update) ?? []) take(entry, false);
    },
    announce() {
      for (const [clientId, state] of states) {
        if (state.own) toPublish.set(clientId, { ...state, clientId });
      }
      if (toPublish.size > 0) publishing ??= setTimeout(publish, publishEveryMs);
    },
    everybody: () =>
      encode([...states].map(([clientId, { clock, json }]) => ({ clientId, clock, json }))),
    close() {
      clearInterval(sweep);
      clearTimeout(relaying);
      clearTimeout(publishing);
    },
  };
}

function honestEntry(
  update: Uint8Array,
  sender: { clientId: number; userId: string; userName: string },
): Entry | undefined {
  const [entry, ...more] = decode(update) ?? [];
  if (!entry || more.length > 0 || entry.clientId !== sender.clientId) return undefined;
  if (entry.json === 'null') return entry;
  const parsed = presenceSchema.safeParse(parse(entry.json));
  if (!parsed.success || parsed.data.user.id !== sender.userId) return undefined;
  // Only the server says who is an agent.
  if (parsed.data.agent !== undefined) return undefined;
  const user = { id: sender.userId, name: sender.userName, color: personColor(sender.userId) };
  return { ...entry, json: JSON.stringify({ ...parsed.data, user }) };
}

function parse(json: string): unknown {
  try {
    return JSON.parse(json);
  } catch {
    return undefined;
  }
}

function decode(update: Uint8Array): Entry[] | undefined {
  try {
    const decoder = createDecoder(update);
    const count = readVarUint(decoder);
    if (count > update.byteLength) return undefined;
    const entries: Entry[] = [];
    for (let left = count; left > 0; left -= 1) {
      const clientId = readVarUint(decoder);
      const clock = readVarUint(decoder);
      entries.push({ clientId, clock, json: readVarString(decoder) });
    }
    return hasContent(decoder) ? undefined : entries;
  } catch {
    return undefined;
  }
}

function encode(entries: readonly Entry[]): Uint8Array {
  const encoder = createEncoder();
  writeVarUint(encoder, entries.length);
  for (const { clientId, clock, json } of entries) {
    writeVarUint(encoder, clientId);
    writeVarUint(encoder, clock);
    writeVarString(encoder, json);
  }
  return toUint8Array(encoder);
}
