import { randomBytes } from 'node:crypto';
import { missing } from './plain-schemes';
import { type Head, hmacOf, isSame, refuseTime, type Scheme } from './scheme';

const prefix = 'whsec_';

/** A new secret, as Standard Webhooks writes them. */
export const newSecret = (): string => `${prefix}${randomBytes(32).toString('base64')}`;

/** What a request says of itself: the headers `webhook-id` and `webhook-timestamp`, and its body. */
export type Signed = { id: string; timestamp: string; body: Uint8Array | string };

/**
 * The signature of a request, as Standard Webhooks has it: version 1, HMAC-SHA256 over id, timestamp and body. A secret
 * without the usual prefix is the key as it stands.
 */
export function sign(secret: string, { id, timestamp, body }: Signed): string {
  const key = secret.startsWith(prefix)
    ? Buffer.from(secret.slice(prefix.length), 'base64')
    : Buffer.from(secret, 'utf8');
  return `v1,${hmacOf(key, `${id}.${timestamp}.`, body).toString('base64')}`;
}

/** Standard Webhooks: one of the signatures is right, and the time at most five minutes from ours. */
export const standardScheme: Scheme = {
  signsBody: true,
  refuse({ headers, now }) {
    const { id, timestamp, signature } = stampsOf({ headers });
    for (const name of ['webhook-id', 'webhook-timestamp', 'webhook-signature'])
      if (!headers.get(name)) return missing(name);
    if (!/^[\x21-\x7e]{1,150}$/.test(id)) return 'The header webhook-id is not a plain ID.';
    if (!/(?:^| )v1,/.test(signature)) return 'The header webhook-signature holds no signature v1.';
    return refuseTime(timestamp, now, 'webhook-timestamp');
  },
  proves(secret, head, body) {
    const { signature, ...signed } = stampsOf(head);
    const expected = sign(secret, { ...signed, body });
    // A sender that changes its secret signs with both for a while.
    const given = signature.split(' ').slice(0, 10);
    return given.map((one) => isSame(expected, one)).includes(true);
  },
  wrong:
    'The signature in webhook-signature does not fit: the secret is another one, or the request was changed on its way.',
};

const stampsOf = ({ headers }: Pick<Head, 'headers'>) => ({
  id: headers.get('webhook-id') ?? '',
  timestamp: headers.get('webhook-timestamp') ?? '',
  signature: headers.get('webhook-signature') ?? '',
});
