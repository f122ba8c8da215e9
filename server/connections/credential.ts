import { randomUUID } from 'node:crypto';
import { isBound } from '@/lib/connections/hosts';
import { placeOf, type RequestSettings } from '@/lib/connections/schema';
import { StepError } from '@/lib/nodes/node-type/define-node';
import type { Authorise } from '@/server/egress/send';
import { sign } from '@/server/triggers/verify/signature';
import { createRedactor, type Redactor } from './redact';

/** An opened connection, for one request. */
export type Credential = {
  /** Puts the secret on a request that is about to leave, see {@link Authorise}. */
  authorise: Authorise;
  redact: Redactor;
  /** Lets the next one have a newer token, since a service did not take this one; absent where there is none. */
  renew?: () => Promise<void>;
};

/**
 * Only requests to the hosts of the connection get the secret. The first one must go there: `connection_host`. After a
 * redirect to another host the request goes on without it; one whose address repeats the secret does not go on. `secret` is
 * the access token where there is one; `others` are taken out of answers too.
 */
export function credentialOf(
  given: RequestSettings & { name: string },
  secret: string,
  others: readonly string[] = [],
): Credential {
  const { hosts } = given.config;
  const value = headerOf(given, secret);
  const place = placeOf(given);
  const redact = createRedactor([secret, value.replace(/^\w+ /, ''), ...others]);
  return {
    redact,
    authorise({ url, headers, body }, hop) {
      if (!isBound(hosts, url)) {
        if (hop === 0) {
          throw new StepError(
            'connection_host',
            `The connection "${given.name}" is only for ${hosts.join(', ')}; this request goes to ${url.protocol}//${url.host}. It was not sent.`,
          );
        }
        if (redact.text(url.href) === url.href) return { url, headers };
        throw new StepError(
          'connection_host',
          `The server redirects the credentials of "${given.name}" to ${url.host}. The request was stopped.`,
        );
      }
      if (given.kind === 'signature') return { url, headers: signed(given, secret, headers, body) };
      if (place.in === 'path') return { url: withInPath(url, place.name, secret), headers };
      if (place.in === 'query') return { url: withParameter(url, place.name, secret), headers };
      const name = place.name.toLowerCase();
      return { url, headers: [...headers.filter(([other]) => other !== name), [name, value]] };
    },
  };
}

function headerOf(given: RequestSettings, secret: string): string {
  switch (given.kind) {
    case 'api_key':
      return secret;
    case 'signature':
      return secret;
    case 'bearer':
    case 'oauth2':
      return `Bearer ${secret}`;
    case 'basic':
      return `Basic ${Buffer.from(`${given.config.userName}:${secret}`, 'utf8').toString('base64')}`;
  }
}

/**
 * Signs a body as Standard Webhooks has it, at the moment when it leaves. All attempts of a step have one `webhook-id`; what
 * has none is known by its idempotency key. Throws `StepError` `connection_kind` for a body that comes in pieces.
 */
function signed(
  { name }: { name: string },
  secret: string,
  headers: [string, string][],
  body: unknown,
): [string, string][] {
  if (typeof (body ?? '') !== 'string') {
    throw new StepError('connection_kind', `The connection "${name}" cannot sign this request.`);
  }
  const said = new Map(headers.map(([header, value]) => [header.toLowerCase(), value]));
  const id = said.get('webhook-id') ?? said.get('idempotency-key') ?? randomUUID();
  const timestamp = String(Math.floor(Date.now() / 1_000));
  const stamps: [string, string][] = [
    ['webhook-id', id],
    ['webhook-timestamp', timestamp],
    ['webhook-signature', sign(secret, { id, timestamp, body: String(body ?? '') })],
  ];
  const own = new Set(stamps.map(([header]) => header));
  return [...headers.filter(([header]) => !own.has(header.toLowerCase())), ...stamps];
}

/** Puts the secret, which may be several parts of it, where the path has the name in braces; an address without it goes as it is. */
function withInPath(url: URL, name: string, secret: string): URL {
  const next = new URL(url);
  const written = encodeURIComponent(secret).replace(/%(?:3A|2F)/g, decodeURIComponent);
  next.pathname = next.pathname.replace(`%7B${encodeURIComponent(name)}%7D`, () => written);
  return next;
}

/** The other parameters stay as they are written. */
function withParameter(url: URL, name: string, value: string): URL {
  const next = new URL(url);
  if (next.searchParams.has(name)) next.searchParams.delete(name);
  const written = `${encodeURIComponent(name)}=${encodeURIComponent(value)}`;
  next.search = next.search.length > 1 ? `${next.search}&${written}` : written;
  return next;
}
