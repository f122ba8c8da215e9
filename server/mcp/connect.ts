import { setTimeout } from 'node:timers/promises';
import {
  Client,
  type FetchLike,
  StreamableHTTPClientTransport,
} from '@modelcontextprotocol/client';
import { mcpLimits } from '@/lib/mcp/schema';
import { StepError } from '@/lib/nodes/node-type/define-node';
import { openConnection } from '@/server/connections/open-connection';
import type { Redactor } from '@/server/connections/redact';
import type { Services } from '@/server/services';
import { explained } from './explain';
import { watchAnswers } from './watch-answers';

type Needs = Pick<Services, 'pool' | 'bus' | 'vault' | 'egress'>;

export type McpTarget = {
  workspaceId: string;
  /** What people call it. */
  name: string;
  url: string;
  connection: string | null;
  /** The protocol that it spoke before; undefined: it is asked. */
  protocol?: string;
};

export type McpSession = {
  client: Client;
  /** What the server asked of us, which was declined. */
  declined: string[];
  /** Whether the server said that it has other tools by now. */
  hasOthers(): boolean;
  /** Aborts also when the server will not answer any more. */
  signal: AbortSignal;
};

type Asked = {
  workflowId: string | null;
  userId: string | null;
  signal: AbortSignal;
  record?: { redact?: Redactor };
};

/** The first version without sessions. */
const stateless = '2026-07-28';
const connectMs = 20_000;
/** A server that does not answer the end of a session holds nobody up. */
const goodbyeMs = 1_000;

/**
 * Opens a session with an MCP server for some requests, and closes it. Requests leave by the egress client, with the
 * credentials of the connection, which no failure repeats. A server that does not know its session is asked once more in a new one. Throws
 * `StepError`, with `noEffect` where the work had not begun.
 */
export async function withServer<Result>(
  services: Needs,
  target: McpTarget,
  asked: Asked,
  work: (session: McpSession) => Promise<Result>,
  workMs = 60_000,
): Promise<Result> {
  const record = asked.record ?? {};
  try {
    return await inSession(services, target, { ...asked, record }, work, workMs);
  } catch (error) {
    throw redacted(error, record.redact);
  }
}

/** A failure in the server's words may repeat the credentials: people and tables get it without them. */
function redacted(error: unknown, redact: Redactor | undefined): unknown {
  if (redact === undefined || !StepError.isInstance(error)) return error;
  const { code, retryable, noEffect } = error;
  return new StepError(code, redact.value(error.message), { retryable, noEffect });
}

async function inSession<Result>(
  services: Needs,
  target: McpTarget,
  asked: Asked,
  work: (session: McpSession) => Promise<Result>,
  workMs: number,
): Promise<Result> {
  const fetchThere = await fetchOf(services, target, asked);
  const seconds = (ms: number) => Math.round(ms / 1_000);
  const attempt = async (legacy: boolean): Promise<Result> => {
    const session = await open(target, { fetch: fetchThere, signal: asked.signal, legacy }).catch(
      (error: unknown) => {
        asked.signal.throwIfAborted();
        const { code, message, retryable } = explained(error, target, seconds(connectMs));
        throw new StepError(code, message, { retryable, noEffect: true, cause: error });
      },
    );
    try {
      return await work(session);
    } catch (error) {
      // The client says only that it was given up.
      if (!asked.signal.aborted) session.signal.throwIfAborted();
      throw error;
    } finally {
      await session.close();
    }
  };
  const wasLegacy = target.protocol !== undefined && target.protocol < stateless;
  try {
    return await attempt(wasLegacy);
  } catch (error) {
    asked.signal.throwIfAborted();
    if (isSessionLost(error) || (wasLegacy && needsAnotherWay(error))) {
      return await attempt(false).catch((second: unknown) => {
        asked.signal.throwIfAborted();
        throw explained(second, target, seconds(workMs));
      });
    }
    throw explained(error, target, seconds(workMs));
  }
}

/** A server answers so when it has forgotten a session: it has not looked at the request. */
const isSessionLost = (error: unknown): boolean =>
  error instanceof Error && 'status' in error && error.status === 404;

/** It could not be begun as before, although the server is there. */
const needsAnotherWay = (error: unknown): boolean =>
  StepError.isInstance(error) &&
  error.noEffect &&
  ['mcp_not_a_server', 'mcp_refused', 'mcp_status'].includes(error.code);

type Opening = { fetch: FetchLike; signal: AbortSignal; legacy: boolean };

async function open(
  { url, name }: McpTarget,
  { fetch: send, signal: given, legacy }: Opening,
): Promise<McpSession & { close(): Promise<void> }> {
  const declined: string[] = [];
  const answers = watchAnswers(send, name);
  const signal = AbortSignal.any([given, answers.signal]);
  const { fetch } = answers;
  const client = new Client(
    { name: 'ensemble', version: '1' },
    {
      capabilities: {},
      inputRequired: { autoFulfill: false },
      versionNegotiation: { mode: legacy ? 'legacy' : 'auto' },
    },
  );
  let others = false;
  client.setNotificationHandler('notifications/tools/list_changed', () => {
    others = true;
  });
  client.fallbackRequestHandler = async ({ method }) => {
    if (declined.length < 5) declined.push(method.slice(0, 60));
    throw new Error('This client answers no requests.');
  };
  const transport = new StreamableHTTPClientTransport(new URL(url), {
    fetch,
    reconnectionOptions: {
      ...{ maxRetries: 0, initialReconnectionDelay: 1, maxReconnectionDelay: 1 },
      reconnectionDelayGrowFactor: 1,
    },
  });
  watchMessages(transport, answers.saw);
  try {
    await client.connect(transport, { timeout: connectMs, signal });
  } catch (error) {
    await client.close().catch(() => undefined);
    answers.signal.throwIfAborted();
    throw error;
  }
  return {
    client,
    signal,
    declined,
    hasOthers: () => others,
    async close() {
      // A server without sessions has nothing to end, and one that is gone needs no goodbye.
      await Promise.race([
        transport.terminateSession().catch(() => undefined),
        setTimeout(goodbyeMs, undefined, { ref: false }),
      ]);
      await client.close().catch(() => undefined);
    },
  };
}

/** Hands each message that comes to `saw` before the client gets it. */
function watchMessages(
  transport: StreamableHTTPClientTransport,
  saw: (message: unknown) => void,
): void {
  let handler = transport.onmessage;
  Object.defineProperty(transport, 'onmessage', {
    get: () => handler,
    set(next: typeof handler) {
      handler = (message, ...rest) => {
        saw(message);
        next?.(message, ...rest);
      };
    },
  });
}

/** The way to one server. It opens no standing stream: a server has nothing to say outside an answer. */
async function fetchOf(services: Needs, target: McpTarget, asked: Asked): Promise<FetchLike> {
  const { workspaceId, connection } = target;
  const { workflowId, userId, record } = asked;
  const maxBytes = mcpLimits.response;
  if (connection === null) return withoutStreams(services.egress.fetch({ maxBytes }));
  const openIt = async () => {
    const opened = await openConnection(services, {
      ...{ workspaceId, workflowId, userId, name: connection },
    });
    if (record !== undefined) record.redact = opened.redact;
    const { authorise, renew } = opened;
    return { fetch: services.egress.fetch({ authorise, maxBytes }), renew };
  };
  let current = await openIt();
  return withoutStreams(async (url, init) => {
    const response = await current.fetch(url, init);
    if (response.status !== 401 || current.renew === undefined) return response;
    // Whoever answers so has done nothing: the same request goes once more, with a newer token.
    await response.body?.cancel();
    await current.renew();
    current = await openIt();
    return current.fetch(url, init);
  });
}

const withoutStreams =
  (send: FetchLike): FetchLike =>
  async (url, init) =>
    init?.method === 'GET' ? new Response(null, { status: 405 }) : send(url, init);
