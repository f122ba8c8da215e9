import { type Dispatcher, fetch, type RequestInit, type Response } from 'undici';
import { StepError } from '@/lib/nodes/node-type/define-node';
import { at } from '@/lib/values/unknown';
import { sendable, withoutBody, withoutCredentials } from './headers';

const maxRedirects = 3;
const redirectStatuses = new Set([301, 302, 303, 307, 308]);

export type Outgoing = {
  method: string;
  url: URL;
  headers: [string, string][];
  body: RequestInit['body'];
};

/**
 * Puts credentials on a request that is about to leave; `hop` counts redirects. What it gives back is sent and then
 * forgotten: a redirect goes on from the request without them.
 */
export type Authorise = (
  request: Pick<Outgoing, 'url' | 'headers' | 'body'>,
  hop: number,
) => Pick<Outgoing, 'url' | 'headers'>;

/**
 * Sends a request and follows up to 3 redirects, each checked like the first. To another origin go neither
 * credentials nor bodies. Throws `StepError`: `invalid_url`, `address_refused`, `redirect_refused`, `network_failed`.
 */
export async function send(
  given: Outgoing,
  dispatcher: Dispatcher,
  signal: AbortSignal | undefined,
  authorise?: Authorise,
): Promise<{ response: Response; url: URL }> {
  let request: Outgoing = { ...given, headers: sendable(given.headers) };
  for (let hop = 0; ; hop += 1) {
    checkUrl(request.url);
    const sent = authorise ? { ...request, ...authorise(request, hop) } : request;
    const response = await once(sent, dispatcher, signal);
    const location = response.headers.get('location');
    if (!redirectStatuses.has(response.status) || location === null) {
      return { response, url: request.url };
    }
    await response.body?.cancel();
    if (hop === maxRedirects) {
      throw new StepError('redirect_refused', `${given.url.host} redirects too often.`);
    }
    request = redirected(request, response.status, location);
  }
}

function checkUrl(url: URL): void {
  if (url.protocol !== 'http:' && url.protocol !== 'https:') {
    throw new StepError('invalid_url', `Only http and https can be called, not ${url.protocol}`);
  }
  if (url.username !== '' || url.password !== '') {
    throw new StepError(
      'invalid_url',
      'Put the user name and password in a header, not in the URL.',
    );
  }
}

async function once(
  request: Outgoing,
  dispatcher: Dispatcher,
  signal: AbortSignal | undefined,
): Promise<Response> {
  try {
    return await fetch(request.url, {
      method: request.method,
      headers: request.headers,
      body: request.body ?? null,
      redirect: 'manual',
      dispatcher,
      signal: signal ?? null,
      ...(request.body ? { duplex: 'half' as const } : {}),
    });
  } catch (error) {
    throw signal?.aborted ? error : explained(error, request.url.host);
  }
}

function redirected(request: Outgoing, status: number, location: string): Outgoing {
  if (!URL.canParse(location, request.url)) {
    throw new StepError('redirect_refused', `${request.url.host} redirects to an invalid address.`);
  }
  const url = new URL(location, request.url);
  const elsewhere = url.origin !== request.url.origin;
  const becomesGet =
    (status === 303 && request.method !== 'HEAD') || (status < 303 && request.method === 'POST');
  if (elsewhere && request.body != null && !becomesGet) {
    throw new StepError(
      'redirect_refused',
      `${request.url.host} redirects a request with a body to ${url.host}. Use that URL directly if you trust it.`,
    );
  }
  const kept = elsewhere ? withoutCredentials(request.headers) : request.headers;
  return becomesGet
    ? { method: 'GET', url, headers: withoutBody(kept), body: null }
    : { ...request, url, headers: kept };
}

/** The failure that lies behind what `fetch` throws, in a sentence. Never names paths or headers. */
export function explained(error: unknown, host: string): StepError {
  let inner: unknown = error;
  for (let depth = 0; depth < 8; depth += 1) {
    if (StepError.isInstance(inner)) return inner;
    const below = at(inner, 'cause') ?? at(inner, 'errors', 0);
    if (below === undefined) break;
    inner = below;
  }
  const code = at(inner, 'code');
  const reason =
    typeof code === 'string' ? (sentences[code] ?? `did not answer (${code})`) : 'did not answer';
  return new StepError('network_failed', `${host} ${reason}.`, { retryable: true, cause: error });
}

const sentences: Readonly<Record<string, string>> = {
  ENOTFOUND: 'is not known: check the name',
  EAI_AGAIN: 'could not be looked up',
  ECONNREFUSED: 'refused the connection',
  ECONNRESET: 'broke the connection',
  UND_ERR_SOCKET: 'broke the connection',
  UND_ERR_CONNECT_TIMEOUT: 'did not accept the connection in time',
  CERT_HAS_EXPIRED: 'has an expired certificate',
  DEPTH_ZERO_SELF_SIGNED_CERT: 'has an untrusted certificate',
};
