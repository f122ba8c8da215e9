import { isBound } from '@/lib/connections/hosts';
import { type ConnectionSettings, placeOf } from '@/lib/connections/schema';
import { StepError } from '@/lib/nodes/node-type/define-node';
import type { Authorise } from '@/server/egress/send';
import { createRedactor, type Redactor } from './redact';

/** An opened connection, for one request. */
export type Credential = {
  /** Puts the secret on a request that is about to leave, see {@link Authorise}. */
  authorise: Authorise;
  redact: Redactor;
};

/**
 * Only requests to the hosts of the connection get the secret. The first one must go there: `connection_host`. After a
 * redirect to another host the request goes on without it; one whose address repeats the secret does not go on.
 */
export function credentialOf(
  given: ConnectionSettings & { name: string },
  secret: string,
): Credential {
  const { hosts } = given.config;
  const value = headerOf(given, secret);
  const place = placeOf(given);
  const redact = createRedactor([secret, value.replace(/^\w+ /, '')]);
  return {
    redact,
    authorise({ url, headers }, hop) {
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
      if (place.in === 'query') return { url: withParameter(url, place.name, secret), headers };
      const name = place.name.toLowerCase();
      return { url, headers: [...headers.filter(([other]) => other !== name), [name, value]] };
    },
  };
}

function headerOf(given: ConnectionSettings, secret: string): string {
  switch (given.kind) {
    case 'api_key':
      return secret;
    case 'bearer':
      return `Bearer ${secret}`;
    case 'basic':
      return `Basic ${Buffer.from(`${given.config.userName}:${secret}`, 'utf8').toString('base64')}`;
  }
}

/** The other parameters stay as they are written. */
function withParameter(url: URL, name: string, value: string): URL {
  const next = new URL(url);
  if (next.searchParams.has(name)) next.searchParams.delete(name);
  const written = `${encodeURIComponent(name)}=${encodeURIComponent(value)}`;
  next.search = next.search.length > 1 ? `${next.search}&${written}` : written;
  return next;
}
