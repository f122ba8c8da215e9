import { toBase64 } from 'lib0/buffer';
import { createDecoder, readVarString, readVarUint } from 'lib0/decoding';
import {
  Awareness,
  applyAwarenessUpdate,
  encodeAwarenessUpdate,
  removeAwarenessStates,
} from 'y-protocols/awareness';
import type * as Y from 'yjs';
import { createObservable, type Observable } from '@/components/observable/observable';
import { type Presence, presenceSchema } from '@/lib/realtime/messages';
import { personColor } from '@/lib/realtime/person-color';
import type { Wire } from './wire';

/** Somebody else in this draft: one per open tab. */
export type Peer = Presence & { clientId: number };
export type PresenceChange = Partial<Omit<Presence, 'user'>>;

export type PresenceChannel = {
  /** Everybody else who is here; the same list until something changes. */
  readonly others: Observable<readonly Peer[]>;
  /** Tells others what this person does. Undefined takes a part away. Sent at most 20 times a second. */
  set(change: PresenceChange): void;
};

/** The channel as its owner holds it. */
export type OpenPresence = PresenceChannel & {
  receive(update: Uint8Array): void;
  /** After joining: takes this as everybody who is here, and says again where this person is. */
  receiveAll(update: Uint8Array): void;
  stop(): void;
};

const betweenSendsMs = 50;
/** Pointers and drags of the others are passed on together: fifty people who move at once cost as much as one who moves. */
const betweenReportsMs = 40;
type Changes = { added: number[]; updated: number[]; removed: number[] };

/** Presence of one open draft over y-protocols awareness. The server checks that the user is the sender. */
export function createPresence(parts: {
  wire: Wire;
  workflowId: string;
  doc: Y.Doc;
  user: { id: string; name: string };
}): OpenPresence {
  const { wire, workflowId, doc } = parts;
  const awareness = new Awareness(doc);
  const user = { ...parts.user, color: personColor(parts.user.id) };
  const others = createObservable<readonly Peer[]>([]);
  awareness.setLocalState({ user });

  let timer: ReturnType<typeof setTimeout> | undefined;
  let sentAt = 0;
  const sendNow = () => {
    timer = undefined;
    sentAt = Date.now();
    const update = toBase64(encodeAwarenessUpdate(awareness, [awareness.clientID]));
    wire.send('draft.awareness', { workflowId, update });
  };
  const send = () => {
    timer ??= setTimeout(sendNow, Math.max(0, sentAt + betweenSendsMs - Date.now()));
  };
  let gathering: ReturnType<typeof setTimeout> | undefined;
  let lastReported = 0;
  const tell = () => {
    clearTimeout(gathering);
    gathering = undefined;
    lastReported = Date.now();
    others.set(peersOf(awareness));
  };
  const onChange = ({ added, updated, removed }: Changes, origin: unknown) => {
    if (origin === 'local') return;
    if (added.length + removed.length > 0) tell();
    else if (updated.length > 0) {
      gathering ??= setTimeout(tell, Math.max(0, lastReported + betweenReportsMs - Date.now()));
    }
  };
  const onUpdate = (_: unknown, origin: unknown) => {
    if (origin === 'local') send();
  };
  awareness.on('change', onChange);
  awareness.on('update', onUpdate);

  return {
    others,
    set(change) {
      const now: Record<string, unknown> = awareness.getLocalState() ?? {};
      if (Object.entries(change).every(([name, value]) => Object.is(now[name], value))) return;
      awareness.setLocalState({ ...now, ...change });
    },
    receive(update) {
      applyAwarenessUpdate(awareness, update, 'remote');
    },
    receiveAll(update) {
      applyAwarenessUpdate(awareness, update, 'remote');
      const here = idsIn(update);
      const gone = [...awareness.getStates().keys()].filter((id) => !here.has(id));
      const others = gone.filter((id) => id !== awareness.clientID);
      removeAwarenessStates(awareness, others, 'remote');
      awareness.setLocalState(awareness.getLocalState());
    },
    stop() {
      clearTimeout(timer);
      clearTimeout(gathering);
      awareness.off('update', onUpdate);
      awareness.off('change', onChange);
      awareness.destroy();
    },
  };
}

/** What a state says of its sender: checked once, however often it is read. Null: it is no presence. */
const checked = new WeakMap<object, Peer | null>();

function peerOf(clientId: number, state: object): Peer | null {
  let peer = checked.get(state);
  if (peer === undefined) {
    const presence = presenceSchema.safeParse(state);
    peer = presence.success ? { ...presence.data, clientId } : null;
    checked.set(state, peer);
  }
  return peer;
}

function peersOf(awareness: Awareness): Peer[] {
  const peers: Peer[] = [];
  for (const [clientId, state] of awareness.getStates()) {
    const peer = clientId === awareness.clientID ? null : peerOf(clientId, state);
    if (peer) peers.push(peer);
  }
  return peers.sort((a, b) => a.clientId - b.clientId);
}

function idsIn(update: Uint8Array): Set<number> {
  const ids = new Set<number>();
  const decoder = createDecoder(update);
  for (let left = readVarUint(decoder); left > 0; left -= 1) {
    ids.add(readVarUint(decoder));
    readVarUint(decoder);
    readVarString(decoder);
  }
  return ids;
}
