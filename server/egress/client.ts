import { lookup as systemLookup } from 'node:dns';
import type { Socket } from 'node:net';
import type { BodyInit, Response } from 'undici';
import { type HttpAnswer, type HttpRequest, StepError } from '@/lib/nodes/node-type/define-node';
import type { Config } from '@/server/config';
import { type AllowedOrigin, createGuard, type Lookup } from './guard';
import { limited } from './limited';
import { type Authorise, explained, send } from './send';
import { openSocket, type Target } from './socket';

type EgressRequest = Omit<HttpRequest, 'connection'> & {
  signal?: AbortSignal;
  authorise?: Authorise;
};

type FetchOptions = {
  allow?: readonly AllowedOrigin[];
  authorise?: Authorise;
  maxBytes?: number;
};

/** The one way out of the product. */
export type Egress = {
  /**
   * Sends a request and reads its answer as text. At most `maxBytes` after decompression and `timeoutMs` in all.
   * Throws `StepError`: `invalid_url`, `address_refused`, `redirect_refused`, `response_too_large`,
   * `request_timeout`, `network_failed`; the reason of `signal` when that aborts.
   */
  request(request: EgressRequest): Promise<HttpAnswer>;
  /**
   * The same way out as a `fetch`, for the SDKs of vendors: streams, at most 32 MB and 4 MB in a line after
   * decompression, without a time limit. `allow` opens private origins to this function alone, `authorise` puts
   * credentials on each request, `maxBytes` allows less. Throws `StepError` as above; a body that is too long throws
   * while it is read.
   */
  fetch(options?: FetchOptions): typeof fetch;
  /** An open connection to a server that speaks no HTTP; whoever asks for it closes it. See {@link openSocket}. */
  connect(target: Target): Promise<Socket>;
  close(): Promise<void>;
};

const methods = new Set(['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS']);

/** Opens the way out; connections are made when first needed. `lookup` replaces the system's DNS in tests. */
export function createEgress(
  config: Pick<Config, 'egressAllow'>,
  lookup: Lookup = systemLookup,
): Egress {
  const guards = new Map<string, ReturnType<typeof createGuard>>();
  const guardFor = (allow: readonly AllowedOrigin[]) => {
    const key = JSON.stringify(allow.map(({ host, port }) => [host, port]));
    const guard = guards.get(key) ?? createGuard([...config.egressAllow, ...allow], lookup);
    guards.set(key, guard);
    return guard;
  };
  return {
    request: (request) => ask(request, guardFor([])),
    fetch: (options = {}) => fetchThrough(guardFor(options.allow ?? []), options),
    connect: (target) => openSocket(target, config.egressAllow, lookup),
    async close() {
      await Promise.all([...guards.values()].map((guard) => guard.destroy()));
      guards.clear();
    },
  };
}

async function ask(
  { method, url, headers, body, timeoutMs, maxBytes, signal, authorise, asBytes }: EgressRequest,
  guard: ReturnType<typeof createGuard>,
): Promise<HttpAnswer> {
  const verb = method.toUpperCase();
  if (!methods.has(verb))
    throw new StepError('invalid_url', `${method} is not a supported method.`);
  const target = parsed(url);
  const timeout = AbortSignal.timeout(timeoutMs);
  const either = signal === undefined ? timeout : AbortSignal.any([timeout, signal]);
  try {
    const sent = await send(
      { method: verb, url: target, headers: Object.entries(headers), body: body ?? null },
      guard,
      either,
      authorise,
    );
    const { response } = sent;
    const bytes = await readBytes(response, maxBytes, sent.url.host);
    const decoder = decoderFor(response.headers.get('content-type'));
    const common = { status: response.status, ...headersOf(response) };
    if (asBytes) return { ...common, text: decoder.decode(bytes.subarray(0, maxShown)), bytes };
    return { ...common, text: decoder.decode(bytes) };
  } catch (error) {
    if (signal?.aborted) throw signal.reason;
    if (timeout.aborted) {
      throw new StepError('request_timeout', `${target.host} took longer than ${timeoutMs} ms.`, {
        retryable: true,
      });
    }
    throw StepError.isInstance(error) ? error : explained(error, target.host);
  }
}

/** Headers by name, and every cookie that was set: a record of names alone would keep the last of them. */
function headersOf({ headers }: Response): Pick<HttpAnswer, 'headers' | 'cookies'> {
  const cookies = headers.getSetCookie();
  const byName: Record<string, string> = Object.fromEntries(headers);
  if (cookies.length > 0) byName['set-cookie'] = cookies.join(', ');
  return { headers: byName, cookies };
}

/** Bytes of an answer that is no text which are shown as one, if it means an error. */
const maxShown = 1_000;

async function readBytes(response: Response, maxBytes: number, host: string): Promise<Buffer> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of response.body ?? []) {
    size += (chunk as Uint8Array).byteLength;
    if (size > maxBytes) {
      throw new StepError(
        'response_too_large',
        `The response of ${host} is larger than the limit of ${maxBytes} bytes.`,
      );
    }
    chunks.push(chunk as Uint8Array);
  }
  return Buffer.concat(chunks);
}

function decoderFor(contentType: string | null): TextDecoder {
  const charset = /charset="?([\w-]+)/i.exec(contentType ?? '')?.[1] ?? 'utf-8';
  try {
    return new TextDecoder(charset);
  } catch {
    return new TextDecoder();
  }
}

function fetchThrough(
  guard: ReturnType<typeof createGuard>,
  { authorise, maxBytes }: FetchOptions,
): typeof fetch {
  return (async (input: string | URL | Request, init: RequestInit = {}) => {
    const from = typeof input === 'object' && 'url' in input ? input : undefined;
    const { response, url } = await send(
      {
        method: (init.method ?? from?.method ?? 'GET').toUpperCase(),
        url: parsed(String(from?.url ?? input)),
        headers: [...new Headers(init.headers ?? from?.headers)],
        body: (init.body ?? from?.body ?? null) as BodyInit | null,
      },
      guard,
      init.signal ?? from?.signal,
      authorise,
    );
    return limited(response, url.host, maxBytes);
  }) as unknown as typeof fetch;
}

function parsed(url: string): URL {
  if (!URL.canParse(url)) throw new StepError('invalid_url', 'This is not a valid URL.');
  return new URL(url);
}
