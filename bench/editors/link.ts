import { createDecoder, readVarString, readVarUint, readVarUint8Array } from 'lib0/decoding';
import {
  createEncoder,
  type Encoder,
  toUint8Array,
  writeVarString,
  writeVarUint,
  writeVarUint8Array,
} from 'lib0/encoding';
import { WebSocket } from 'ws';
import { socketPath } from '@/lib/realtime/messages';
import { unpackUpdates } from '@/lib/realtime/pack';

export type LinkKind = 'floor' | 'y-websocket' | 'hocuspocus' | 'ensemble' | 'ensemble, Redis';
export type LinkOptions = {
  kind: LinkKind;
  url: string;
  room: string;
  cookie: string | undefined;
  clientId: number;
  /** The document before anybody types, from the first of them: for a server that begins with none. */
  seed: Uint8Array | undefined;
  /** Hears updates; without it they are dropped undecoded. */
  onUpdates: ((updates: Uint8Array[]) => void) | undefined;
};
/** One client's connection to a server, with no more work than its protocol asks for. */
export type Link = {
  clientId: number;
  /** Resolves with the server's answer, where there is one. */
  send(update: Uint8Array): Promise<boolean> | undefined;
  close(): void;
};

/** Connects and joins. */
export function openLink(options: LinkOptions): Promise<Link> {
  switch (options.kind) {
    case 'floor':
      return openFloor(options);
    case 'y-websocket':
      return openYWebsocket(options);
    case 'hocuspocus':
      return openHocuspocus(options);
    default:
      return openEnsemble(options);
  }
}

async function openSocket(url: string, headers: Record<string, string> = {}): Promise<WebSocket> {
  const socket = new WebSocket(url, { perMessageDeflate: false, headers });
  await new Promise((resolve, reject) => {
    socket.once('open', resolve);
    socket.once('error', reject);
  });
  return socket;
}

async function openFloor({ url, clientId, onUpdates }: LinkOptions): Promise<Link> {
  const socket = await openSocket(url);
  if (onUpdates) socket.on('message', (data) => onUpdates([data as Buffer]));
  return {
    clientId,
    send(update) {
      socket.send(update);
      return undefined;
    },
    close: () => socket.terminate(),
  };
}

const syncMessage = 0;
const updateMessage = 2;

async function openYWebsocket({
  url,
  room,
  clientId,
  seed,
  onUpdates,
}: LinkOptions): Promise<Link> {
  const socket = await openSocket(`${url}/${room}`);
  if (onUpdates) {
    socket.on('message', (data) => {
      const decoder = createDecoder(data as Buffer);
      if (readVarUint(decoder) !== syncMessage || readVarUint(decoder) !== updateMessage) return;
      onUpdates([readVarUint8Array(decoder)]);
    });
  }
  const send = (update: Uint8Array) => {
    const encoder = createEncoder();
    writeVarUint(encoder, syncMessage);
    writeVarUint(encoder, updateMessage);
    writeVarUint8Array(encoder, update);
    socket.send(toUint8Array(encoder));
    return undefined;
  };
  if (seed) send(seed);
  return { clientId, send, close: () => socket.terminate() };
}

const authMessage = 2;
const syncStatusMessage = 8;

/** The same protocol with the document's name before each message; the server tells of each update it took. */
async function openHocuspocus(options: LinkOptions): Promise<Link> {
  const { url, room, clientId, seed, onUpdates } = options;
  const socket = await openSocket(url);
  const welcome = Promise.withResolvers<void>();
  const waiting: ((taken: boolean) => void)[] = [];
  socket.on('message', (data) => {
    const decoder = createDecoder(data as Buffer);
    readVarString(decoder);
    const kind = readVarUint(decoder);
    if (kind === authMessage) welcome.resolve();
    if (kind === syncStatusMessage) waiting.shift()?.(readVarUint(decoder) === 1);
    if (kind !== syncMessage || !onUpdates || readVarUint(decoder) !== updateMessage) return;
    onUpdates([readVarUint8Array(decoder)]);
  });
  const message = (write: (encoder: Encoder) => void) => {
    const encoder = createEncoder();
    writeVarString(encoder, room);
    write(encoder);
    socket.send(toUint8Array(encoder));
  };
  message((encoder) => {
    writeVarUint(encoder, authMessage);
    // A token, which may be anything: nobody asks for it.
    writeVarUint(encoder, 0);
    writeVarString(encoder, 'bench');
  });
  await welcome.promise;
  const send = (update: Uint8Array) => {
    message((encoder) => {
      writeVarUint(encoder, syncMessage);
      writeVarUint(encoder, updateMessage);
      writeVarUint8Array(encoder, update);
    });
    return new Promise<boolean>((resolve) => waiting.push(resolve));
  };
  if (seed) await send(seed);
  return { clientId, send, close: () => socket.terminate() };
}

/**
 * Socket.IO's own wire format, by hand: like the others this client does nothing with what it does not read. Texts
 * begin with `0` (open), `2` (ping), `40` (connected), `42` (event), `43` and `46` (answers, plain and with bytes).
 */
async function openEnsemble({ url, room, cookie, onUpdates }: LinkOptions): Promise<Link> {
  const address = `${url.replace('http', 'ws')}${socketPath}?EIO=4&transport=websocket`;
  const headers = { origin: url, ...(cookie ? { cookie } : {}) };
  const answers = new Map<number, (answer: { ok: boolean; clientId?: number }) => void>();
  const connected = Promise.withResolvers<void>();
  const socket = new WebSocket(address, { perMessageDeflate: false, headers });
  socket.on('error', connected.reject);
  socket.on('message', (data, isBinary) => {
    if (isBinary) return;
    const bytes = data as Buffer;
    const kind = bytes.toString('latin1', 0, 2);
    if (kind.startsWith('0')) socket.send('40');
    else if (kind.startsWith('2')) socket.send('3');
    else if (kind === '40') connected.resolve();
    else if (kind === '44') connected.reject(new Error(bytes.toString()));
    else if (kind === '42' && onUpdates) {
      const [event, message] = JSON.parse(bytes.toString('utf8', 2));
      if (event === 'draft.updates') onUpdates(unpackUpdates(message.updates));
    } else if (kind === '43' || kind === '46') {
      const [, id, json] = /^4[36](?:\d+-)?(\d+)(\[.*)$/s.exec(bytes.toString()) ?? [];
      answers.get(Number(id))?.(JSON.parse(json ?? '[]')[0]);
      answers.delete(Number(id));
    }
  });
  let asked = 0;
  const ask = (event: string, message: object) =>
    new Promise<{ ok: boolean; clientId?: number }>((resolve) => {
      asked += 1;
      answers.set(asked, resolve);
      socket.send(`42${asked}${JSON.stringify([event, message])}`);
    });
  await connected.promise;
  const joined = await ask('draft.join', { workflowId: room });
  if (!joined.ok || joined.clientId === undefined) throw new Error(JSON.stringify(joined));
  return {
    clientId: joined.clientId,
    async send(update) {
      const text = Buffer.from(update).toString('base64');
      return (await ask('draft.update', { workflowId: room, update: text })).ok;
    },
    close: () => socket.terminate(),
  };
}
