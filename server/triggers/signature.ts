import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto';
import { hookToleranceSeconds } from '@/lib/triggers/schema';

const prefix = 'whsec_';

/** A new secret, as Standard Webhooks writes them. */
export const newSecret = (): string => `${prefix}${randomBytes(32).toString('base64')}`;

/** What a request says of itself: the headers `webhook-id`, `webhook-timestamp`, `webhook-signature`, and its body. */
export type Signed = { id: string; timestamp: string; signature: string; body: string };

/** The signature of a request, as Standard Webhooks has it: version 1, HMAC-SHA256 over id, timestamp and body. */
export function sign(secret: string, { id, timestamp, body }: Omit<Signed, 'signature'>): string {
  const key = Buffer.from(secret.slice(prefix.length), 'base64');
  return `v1,${createHmac('sha256', key).update(`${id}.${timestamp}.${body}`).digest('base64')}`;
}

/**
 * Whether one of the signatures of a request is right and its time is at most five minutes from ours (seconds since
 * 1970). Takes as long for a wrong signature as for a right one.
 */
export function isSigned(secret: string, signed: Signed, nowSeconds: number): boolean {
  const { id, timestamp, signature } = signed;
  if (!/^[\x21-\x7e]{1,150}$/.test(id) || !/^\d{1,12}$/.test(timestamp)) return false;
  const expected = Buffer.from(sign(secret, signed));
  // A sender that changes its secret signs with both for a while.
  const right = signature
    .split(' ')
    .slice(0, 10)
    .map((one) => Buffer.from(one))
    .map((one) => one.length === expected.length && timingSafeEqual(one, expected));
  return right.includes(true) && Math.abs(nowSeconds - Number(timestamp)) <= hookToleranceSeconds;
}
