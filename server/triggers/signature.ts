import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto';
import { hookToleranceSeconds } from '@/lib/triggers/schema';

const prefix = 'whsec_';

/** A new secret, as Standard Webhooks writes them. */
export const newSecret = (): string => `${prefix}${randomBytes(32).toString('base64')}`;

/** What a request says of itself: the headers `webhook-id`, `webhook-timestamp`, `webhook-signature`, and its body. */
export type Signed = {
  id: string;
  timestamp: string;
  signature: string;
  body: Uint8Array | string;
};

/** The signature of a request, as Standard Webhooks has it: version 1, HMAC-SHA256 over id, timestamp and body. */
export function sign(secret: string, { id, timestamp, body }: Omit<Signed, 'signature'>): string {
  const key = Buffer.from(secret.slice(prefix.length), 'base64');
  const hmac = createHmac('sha256', key).update(`${id}.${timestamp}.`).update(body);
  return `v1,${hmac.digest('base64')}`;
}

/**
 * Whether one of the signatures of a request is right and its time is at most five minutes from ours (seconds since
 * 1970). Takes as long for a wrong signature as for a right one.
 */
export function isSigned(secret: string, signed: Signed, nowSeconds: number): boolean {
  const { signature } = signed;
  if (!mayBeSigned(signed, nowSeconds)) return false;
  const expected = Buffer.from(sign(secret, signed));
  // A sender that changes its secret signs with both for a while.
  const right = signature
    .split(' ')
    .slice(0, 10)
    .map((one) => Buffer.from(one))
    .map((one) => one.length === expected.length && timingSafeEqual(one, expected));
  return right.includes(true);
}

/** What can be told without the body: whether the headers have the right form and the time is right. */
export function mayBeSigned(
  { id, timestamp, signature }: Omit<Signed, 'body'>,
  nowSeconds: number,
): boolean {
  return (
    /^[\x21-\x7e]{1,150}$/.test(id) &&
    /^\d{1,12}$/.test(timestamp) &&
    /(?:^| )v1,/.test(signature) &&
    Math.abs(nowSeconds - Number(timestamp)) <= hookToleranceSeconds
  );
}
