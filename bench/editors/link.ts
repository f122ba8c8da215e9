import { createDecoder, readVarUint, readVarUint8Array } from 'lib0/decoding';
import { createEncoder, toUint8Array, writeVarUint, writeVarUint8Array } from 'lib0/encoding';
import { WebSocket } from 'ws';
import { socketPath } from '@/lib/realtime/messages';
import { unpackUpdates } from '@/lib/realtime/pack';

export type LinkKind = 'floor' | 'y-websocket' | 'ensemble';
export type LinkOptions = {
  kind: LinkKind;
  url: string;
  room: string;
  cookie: string | undefined;
  clientId: number;
  /** The document before anybody types: for a server that begins with none. */
  base: Uint8Array;
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
  if (options.kind === 'ensemble') return openEnsemble(options);
  return options.kind === 'floor' ? openFloor(options) : openYWebsocket(options);
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
  base,
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
  send(base);
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
