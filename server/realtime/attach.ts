import type { Server as HttpServer, IncomingMessage } from 'node:http';
import { Server, type Socket } from 'socket.io';
import { AppError } from '@/lib/api/errors';
import { type ClientMessageName, clientMessages, socketPath } from '@/lib/realtime/messages';
import { clientAddress, countedAddress } from '@/server/front/client-address';
import { isOwnHost } from '@/server/front/own-host';
import { trustedOrigins } from '@/server/people/auth';
import { readSession } from '@/server/people/read-session';
import type { Services } from '@/server/services';
import { watchAccess } from './access-watch';
import { createBroadcast } from './broadcast';
import { cutSlow, guardConnections } from './connection-guard';
import { type Crowd, createCrowd } from './crowd';
import { createDraftEvents, leaveDraft } from './draft-events';
import { createForward } from './forward';
import { type Handlers, refuse } from './handlers';
import { createPeer, type Peer, type PeerIdentity } from './peer';
import { Hub } from './room/hub';
import { createRealtimeStore } from './store';

export type RealtimeServices = Pick<
  Services,
  'auth' | 'bus' | 'config' | 'drafts' | 'engine' | 'log' | 'pool' | 'prisma' | 'strangers'
>;

/** How often slow sockets and locks are looked at. */
const lookEveryMs = 1_000;

/**
 * Puts the realtime endpoint on a web server: WebSocket only, own origins only, signed-in people only; every event
 * registered, parsed and budgeted. Several processes may serve one port: all state is in rows and on the bus.
 */
export function attachRealtime(
  http: HttpServer,
  services: RealtimeServices,
): { close(): Promise<void> } {
  const { log, pool } = services;
  const io = openServer(http, services);
  guardConnections(io);
  const broadcast = createBroadcast(io);
  const peers = new Map<string, Peer>();
  const crowd = createCrowd();
  const store = createRealtimeStore(pool);
  const hub = new Hub({
    ...services,
    ...broadcast,
    gone: (workflowId) => {
      for (const peer of peers.values()) {
        if (!peer.drafts.has(workflowId)) continue;
        leaveDraft(hub, peer, workflowId);
        peer.socket.emit('draft.reset', { workflowId, reason: 'rebuilt' });
      }
    },
  });
  const forward = createForward({ ...services, store, emit: broadcast.emit });
  const loseDraft = (peer: Peer, workflowId: string) => {
    leaveDraft(hub, peer, workflowId);
    peer.socket.emit('draft.reset', { workflowId, reason: 'role' });
  };

  const access = watchAccess({
    ...services,
    store,
    peers: () => [...peers.values()],
    changes: {
      signedOut: (peer) => peer.socket.disconnect(true),
      lostDraft: loseDraft,
      lostRun: forward.leaveRun,
      lostWorkspace: forward.leaveWorkspace,
      roleChanged: (peer, workflowId, role) => {
        const draft = peer.drafts.get(workflowId);
        if (draft) draft.role = role;
        peer.socket.emit('draft.reset', { workflowId, reason: 'role' });
      },
    },
  });
  const handlers: Handlers = {
    ...createDraftEvents({ ...services, hub, store, access }),
    ...forward.handlers,
  };

  io.use((socket, next) => welcome(services, crowd, socket, next));
  io.on('connection', (socket) => {
    const identity = socket.data.identity as PeerIdentity;
    // Many may have been welcomed at one moment.
    if (crowd.isFull(identity.userId)) {
      socket.disconnect(true);
      return;
    }
    const peer = createPeer(socket, identity, crowd.enter(identity.userId));
    peers.set(socket.id, peer);
    serve(services, peer, handlers);
    socket.on('disconnect', () => {
      peers.delete(socket.id);
      crowd.leave(peer.userId);
      for (const workflowId of [...peer.drafts.keys()]) leaveDraft(hub, peer, workflowId);
      for (const runId of [...peer.runs.keys()]) forward.leaveRun(peer, runId);
      for (const id of [...peer.workspaces]) forward.leaveWorkspace(peer, id);
    });
  });

  const stopWatch = every(lookEveryMs, async () => {
    for (const peer of peers.values()) cutSlow(peer);
    await hub
      .checkLocks()
      .catch((error: unknown) => log.warn({ err: error }, 'locks were not checked'));
    await hub
      .checkNumbers()
      .catch((error: unknown) =>
        log.warn({ err: error }, 'drafts were not compared with their rows'),
      );
  });

  return {
    async close() {
      stopWatch();
      access.stop();
      // The web server is closed by whoever opened it.
      io.disconnectSockets(true);
      io.engine.close();
      forward.close();
      await hub.close();
    },
  };
}

function openServer(http: HttpServer, services: RealtimeServices): Server {
  return new Server(http, {
    path: socketPath,
    addTrailingSlash: false,
    serveClient: false,
    transports: ['websocket'],
    maxHttpBufferSize: 1_000_000,
    perMessageDeflate: false,
    httpCompression: false,
    connectTimeout: 5_000,
    pingInterval: 10_000,
    pingTimeout: 10_000,
    destroyUpgradeTimeout: 5_000,
    allowRequest: (request, answer) =>
      answer(null, isOwnOrigin(services.config, request) && isWithinBudget(services, request)),
  });
}

/** Answers a socket's events; what is not registered, not well-formed or too much is refused and changes nothing. */
function serve({ log }: RealtimeServices, peer: Peer, handlers: Handlers): void {
  const { socket } = peer;
  socket.onAny((event: unknown, ...args: unknown[]) => {
    const last = args.at(-1);
    const answer =
      typeof last === 'function' ? (last as (value: unknown) => void) : () => undefined;
    if (!peer.budgets.messages.take(performance.now())) {
      answer(refuse('too_many_requests', 'Too many messages: the connection was closed.'));
      socket.disconnect(true);
      return;
    }
    handle(peer, handlers, event, args[0]).then(answer, (error: unknown) => {
      if (AppError.isInstance(error)) return answer(refuse(error.code, error.message));
      log.error({ err: error, event }, 'a socket event failed');
      return answer(refuse('internal', 'Something went wrong on the server.'));
    });
  });
  socket.on('error', (error) => log.debug({ err: error }, 'a socket failed'));
}

async function handle(
  peer: Peer,
  handlers: Handlers,
  event: unknown,
  message: unknown,
): Promise<unknown> {
  if (typeof event !== 'string' || !Object.hasOwn(clientMessages, event)) {
    return refuse('not_found', `There is no event "${String(event).slice(0, 50)}".`);
  }
  const name = event as ClientMessageName;
  const parsed = clientMessages[name].safeParse(message);
  if (!parsed.success) {
    const issue = parsed.error.issues[0];
    const place = issue?.path.join('.') || 'the message';
    return refuse('invalid_input', `${name}: ${place}: ${issue?.message ?? 'is wrong'}`);
  }
  const answer = handlers[name] as (peer: Peer, message: unknown) => unknown;
  return answer(peer, parsed.data);
}

/** A page of another site carries its own origin; a program carries none, and no cookie that it was not given. */
function isOwnOrigin(config: RealtimeServices['config'], request: IncomingMessage): boolean {
  const { origin, host } = request.headers;
  if (!isOwnHost(config, host)) return false;
  if (origin === undefined) return true;
  return trustedOrigins(config, new Headers(host ? { host } : {})).includes(origin);
}

/** Who has no session that was seen before takes from the budget of the address, as for any other request. */
function isWithinBudget({ config, strangers }: RealtimeServices, request: IncomingMessage) {
  const { cookie, 'x-forwarded-for': from } = request.headers;
  const chain = Array.isArray(from) ? from.join(',') : from;
  const address = clientAddress(request.socket.remoteAddress, chain, config.trustProxy);
  const shown = { cookie, authorization: undefined };
  return strangers.admit(countedAddress(address), shown, { cost: 1, hook: false });
}

/** Lets a signed-in person in, and ends the connection of anybody else. Nothing of a socket is heard before. */
function welcome(
  services: RealtimeServices,
  crowd: Crowd,
  socket: Socket,
  next: (refused?: Error) => void,
): void {
  const refuseIt = (
    code: 'unauthenticated' | 'unavailable' | 'too_many_requests',
    message: string,
  ) => {
    next(Object.assign(new Error(message), { data: { code } }));
    // After the answer is written: who is not let in has no reason to stay.
    setImmediate(() => socket.client.conn.close());
  };
  identify(services, socket).then(
    (identity) => {
      if (!identity) return refuseIt('unauthenticated', 'Sign in first.');
      if (crowd.isFull(identity.userId)) {
        return refuseIt('too_many_requests', 'You have too many tabs open. Close some of them.');
      }
      socket.data.identity = identity;
      next();
    },
    (error: unknown) => {
      services.log.warn({ err: error }, 'a socket could not be identified');
      refuseIt('unavailable', 'The server could not check your session.');
    },
  );
}

async function identify(
  services: RealtimeServices,
  socket: Socket,
): Promise<PeerIdentity | undefined> {
  const { cookie } = socket.handshake.headers;
  const session = cookie && (await readSession(services, new Headers({ cookie })));
  if (!session) return undefined;
  const { sessionId, user, activeWorkspaceId } = session;
  return { sessionId, userId: user.userId, userName: user.name, activeWorkspaceId };
}

/** Repeats work with a pause after each turn; the function ends it. */
function every(ms: number, work: () => Promise<void>): () => void {
  let timer: NodeJS.Timeout;
  let over = false;
  const turn = () => {
    void work().finally(() => {
      if (!over) timer = setTimeout(turn, ms);
    });
  };
  timer = setTimeout(turn, ms);
  return () => {
    over = true;
    clearTimeout(timer);
  };
}
