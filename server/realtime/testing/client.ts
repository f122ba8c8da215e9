import { io, type Socket } from 'socket.io-client';
import * as Y from 'yjs';
import {
  type Acks,
  type ClientMessageName,
  type DraftJoined,
  type ServerMessages,
  socketPath,
} from '@/lib/realtime/messages';
import { unpackUpdates } from '@/lib/realtime/pack';

/** A bare socket as a browser has one: `cookie` and `origin` are what its page would send. */
export function openSocket(url: string, cookie: string | undefined, origin = url): Socket {
  return io(url, {
    path: socketPath,
    addTrailingSlash: false,
    transports: ['websocket'],
    forceNew: true,
    reconnection: false,
    extraHeaders: { origin, ...(cookie ? { cookie } : {}) },
  });
}

/** Resolves when connected; rejects with the server's reason. */
export function connected(socket: Socket): Promise<Socket> {
  return new Promise((resolve, reject) => {
    socket.once('connect', () => resolve(socket));
    socket.once('connect_error', reject);
  });
}

/** Sends an event, well-formed or not, and gives the answer; rejects when none comes in 30 s. */
export function ask(socket: Socket, event: string, ...args: unknown[]): Promise<unknown> {
  return socket.timeout(30_000).emitWithAck(event, ...args);
}

/** {@link ask} for a registered event. */
export function send<Name extends ClientMessageName>(
  socket: Socket,
  name: Name,
  message: unknown,
): Promise<Acks[Name]> {
  return ask(socket, name, message) as Promise<Acks[Name]>;
}

/** A plain editor: a document in step with the server, which sends each of its updates at once. */
export type Editor = {
  socket: Socket;
  doc: Y.Doc;
  joined: DraftJoined;
  /** Answers to the updates, in order. */
  answers: Promise<Acks['draft.update']>[];
};

/** Joins a draft. Throws the server's refusal. */
export async function openEditor(url: string, cookie: string, workflowId: string): Promise<Editor> {
  const socket = await connected(openSocket(url, cookie));
  const doc = new Y.Doc();
  const answers: Editor['answers'] = [];
  socket.on('draft.updates', ({ updates }: ServerMessages['draft.updates']) => {
    for (const update of unpackUpdates(updates)) Y.applyUpdate(doc, update, 'remote');
  });
  const joined = await send(socket, 'draft.join', { workflowId });
  if (!joined.ok) throw new Error(`${joined.error.code}: ${joined.error.message}`);
  Y.applyUpdate(doc, new Uint8Array(joined.update), 'remote');
  doc.clientID = joined.clientId;
  doc.on('update', (update: Uint8Array, origin: unknown) => {
    if (origin === 'remote') return;
    const message = { workflowId, update: Buffer.from(update).toString('base64') };
    answers.push(send(socket, 'draft.update', message));
  });
  return { socket, doc, joined, answers };
}

/** What somebody gets who opens the draft now. Throws the server's refusal. */
export async function freshCopy(url: string, cookie: string, workflowId: string): Promise<Y.Doc> {
  const socket = await connected(openSocket(url, cookie));
  try {
    const joined = await send(socket, 'draft.join', { workflowId });
    if (!joined.ok) throw new Error(`${joined.error.code}: ${joined.error.message}`);
    const doc = new Y.Doc();
    Y.applyUpdate(doc, new Uint8Array(joined.update));
    return doc;
  } finally {
    socket.close();
  }
}
