import { io, type Socket } from 'socket.io-client';
import {
  type Acks,
  type ClientMessageName,
  type Refusal,
  socketPath,
} from '@/lib/realtime/messages';
import type { Wire } from './wire';

const answerWithinMs = 10_000;
const noAnswer: Refusal = {
  ok: false,
  error: { code: 'unavailable', message: 'The server did not answer.' },
};

/** A wire over its own Socket.IO connection. `origin` is for programs; a browser has its own. */
export function createWire(
  origin?: string,
  headers?: Record<string, string>,
): Wire & { close(): void } {
  const options = {
    path: socketPath,
    addTrailingSlash: false,
    transports: ['websocket'],
    reconnectionDelay: 300,
    reconnectionDelayMax: 3_000,
    ...(headers ? { extraHeaders: headers } : {}),
  };
  const socket: Socket =
    origin === undefined ? io(options) : io(origin, { ...options, forceNew: true });
  const listeners = new Set<(connected: boolean) => void>();
  const tell = () => {
    for (const listener of listeners) listener(socket.connected);
  };
  let refused: string | undefined;
  let retry: ReturnType<typeof setTimeout> | undefined;
  const again = (ms: number) => {
    clearTimeout(retry);
    retry = setTimeout(() => socket.connect(), ms);
  };
  socket.on('connect', () => {
    refused = undefined;
    tell();
  });
  socket.on('disconnect', (reason) => {
    tell();
    // After being cut by the server, Socket.IO does not come back by itself.
    if (reason === 'io server disconnect') again(1_000);
  });
  socket.on('connect_error', (error: Error & { data?: { code?: string } }) => {
    if (error.data?.code === 'unauthenticated') {
      refused = error.message;
      tell();
      // Signing in happens on a page of its own; in another tab it helps this one too.
      again(10_000);
    } else if (!socket.active) again(1_000);
  });
  // Engine.IO does this by itself, but for a server on localhost, where silence would have to be noticed first.
  const onOffline = () => socket.io.engine?.close();
  if (origin === undefined) addEventListener('offline', onOffline);
  return {
    connected: () => socket.connected,
    request: <Name extends ClientMessageName>(name: Name, message: unknown) =>
      new Promise<Acks[Name]>((resolve) => {
        if (!socket.connected) resolve(noAnswer);
        else {
          socket
            .timeout(answerWithinMs)
            .emit(name, message, (error: Error | null, answer: Acks[Name]) =>
              resolve(error ? noAnswer : answer),
            );
        }
      }),
    send: (name, message) => {
      if (socket.connected) socket.volatile.emit(name, message);
    },
    on: (name, handler) => {
      socket.on(name as string, handler as (message: unknown) => void);
      return () => socket.off(name as string, handler as (message: unknown) => void);
    },
    onStatus: (handler) => {
      listeners.add(handler);
      return () => listeners.delete(handler);
    },
    refused: () => refused,
    close: () => {
      clearTimeout(retry);
      if (origin === undefined) removeEventListener('offline', onOffline);
      socket.close();
    },
  };
}

let shared: Wire | undefined;

/** The tab's one connection, opened when first needed. Browser only. */
export function sharedWire(): Wire {
  shared ??= createWire();
  return shared;
}
