import type { IncomingMessage, ServerResponse } from 'node:http';
import type { ErrorCode } from '@/lib/api/errors';
import { errorTable } from '@/lib/api/errors';
import type { Config } from '@/server/config';
import type { Log } from '@/server/log';
import type { Strangers } from './anonymous-limit';
import { addressHeader, forwardedHeader } from './client';
import { clientAddress, countedAddress, isTrusted } from './client-address';
import { setContentPolicy } from './content-policy';
import { isOwnHost } from './own-host';

const methods: ReadonlySet<string> = new Set([
  'GET',
  'HEAD',
  'POST',
  'PUT',
  'PATCH',
  'DELETE',
  'OPTIONS',
]);
/** Asked by load balancers and Prometheus under whatever name they have; they tell no secret and change nothing. */
const anyHost: ReadonlySet<string> = new Set(['/api/health', '/metrics']);
/** Headers by which proxies tell of the request that came to them. */
const proxyHeaders = [
  'forwarded',
  'via',
  'x-forwarded-for',
  'x-forwarded-host',
  'x-forwarded-port',
  'x-forwarded-proto',
  'x-real-ip',
];
/** A body up to this size is read and thrown away, so that the connection can be used again. */
const maxDrained = 2 * 1_048_576;

type Refusal = { code: ErrorCode; message: string; headers?: Record<string, string> };

/**
 * What every request passes before pages and routes see it, and before anything of its body is read: its method, the
 * name that it asks for, and the budget of its address where nobody knows who sent it. Notes on the request where it
 * really comes from. True: it may go on; false: it is answered.
 */
export function createGate(parts: {
  config: Pick<Config, 'url' | 'trustProxy' | 'production'>;
  strangers: Strangers;
  log: Log;
}): (request: IncomingMessage, response: ServerResponse) => boolean {
  const note = createNote(parts);
  const secure = parts.config.url.startsWith('https://');
  return (request, response) => {
    setContentPolicy(request, response, parts.config.production);
    if (secure) response.setHeader('Strict-Transport-Security', 'max-age=31536000');
    const address = note(request);
    const refusal = refusalOf(parts, request, address);
    if (refusal === undefined) return true;
    answer(request, response, refusal);
    return false;
  };
}

function refusalOf(
  { config, strangers }: { config: Pick<Config, 'url'>; strangers: Strangers },
  request: IncomingMessage,
  address: string,
): Refusal | undefined {
  const { method = '', url = '', headers } = request;
  if (!methods.has(method)) {
    const headersToo = { Allow: [...methods].join(', ') };
    return {
      code: 'method_not_allowed',
      message: 'This method is not supported.',
      headers: headersToo,
    };
  }
  const path = url.split('?')[0] ?? '';
  if (!path.startsWith('/'))
    return { code: 'not_found', message: 'There is nothing at this address.' };
  if (!anyHost.has(path) && !isOwnHost(config, headers.host)) {
    const { host } = new URL(config.url);
    return {
      code: 'forbidden',
      message: `This server only answers at ${host}. To open it at another address, set ENSEMBLE_URL.`,
    };
  }
  if (isFile(path)) return undefined;
  const shown = { cookie: headers.cookie, authorization: headers.authorization };
  const hook = path.startsWith('/api/v2/hooks/');
  const cost = path.startsWith('/api/') || path === '/metrics' ? 1 : 3;
  if (strangers.admit(address, shown, { cost, hook })) return undefined;
  return {
    code: 'too_many_requests',
    message: 'Too many requests from your address. Wait a moment, then try again.',
    headers: { 'Retry-After': '1' },
  };
}

/** Files of the build: cheap, and many belong to one page. */
function isFile(path: string): boolean {
  return path.startsWith('/_next/static/') || path.startsWith('/icons/') || path === '/favicon.ico';
}

/** Replaces what anybody may write about the way of a request by what is so. Gives the address that it counts for. */
function createNote({ config, log }: { config: Pick<Config, 'trustProxy'>; log: Log }) {
  let warned = false;
  return ({ headers, socket }: IncomingMessage): string => {
    const from = headers['x-forwarded-for'];
    const chain = Array.isArray(from) ? from.join(',') : from;
    const forwarded = proxyHeaders.some((name) => headers[name] !== undefined);
    for (const name of Object.keys(headers)) {
      if (name.startsWith('x-ensemble-')) delete headers[name];
    }
    const address = clientAddress(socket.remoteAddress, chain, config.trustProxy);
    if (!isTrusted(socket.remoteAddress ?? '', config.trustProxy)) {
      if (chain !== undefined && !warned) {
        warned = true;
        log.warn(
          { proxy: socket.remoteAddress },
          'requests carry X-Forwarded-For from an address that ENSEMBLE_TRUST_PROXY does not name: all who come through it count as one',
        );
      }
      for (const name of proxyHeaders) delete headers[name];
    }
    headers[addressHeader] = address;
    if (forwarded) headers[forwardedHeader] = '1';
    return countedAddress(address);
  };
}

function answer(request: IncomingMessage, response: ServerResponse, refusal: Refusal): void {
  const { code, message, headers } = refusal;
  const announced = Number(request.headers['content-length'] ?? '0');
  const drained = request.headers['transfer-encoding'] === undefined && announced <= maxDrained;
  response.writeHead(errorTable[code].status, {
    'Content-Type': 'application/json; charset=utf-8',
    'Cache-Control': 'no-store',
    'X-Content-Type-Options': 'nosniff',
    ...(drained ? {} : { Connection: 'close' }),
    ...headers,
  });
  response.end(JSON.stringify({ error: { code, message } }));
  if (drained) request.resume();
}
