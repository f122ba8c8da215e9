import { createHash, createHmac, timingSafeEqual } from 'node:crypto';
import { hookToleranceSeconds } from '@/lib/triggers/schema';

/** What a request shows before anything of its body is read. */
export type Head = {
  headers: Headers;
  /** The end of its address, where there is one. */
  token: string | undefined;
  /** Seconds since 1970. */
  now: number;
};

/** One way of telling that a request comes from who knows the secret. */
export type Scheme = {
  /** Why it cannot be right, as far as its head tells, in a sentence for the webhook's own people. */
  refuse(head: Head): string | undefined;
  /** Whether the secret proves it. Takes as long for a wrong proof as for a right one. */
  proves(secret: string, head: Head, body: Uint8Array): boolean;
  /** The body is what is signed: it must be read first. */
  signsBody: boolean;
  /** What it means when no secret proves it, for the webhook's own people. */
  wrong: string;
};

/** Whether two texts are the same; the time tells nothing, not even of their lengths. */
export function isSame(one: string, other: string): boolean {
  return timingSafeEqual(digestOf(one), digestOf(other));
}

const digestOf = (text: string) => createHash('sha256').update(text).digest();

export const hmacOf = (secret: string | Uint8Array, ...parts: (string | Uint8Array)[]): Buffer =>
  parts.reduce((hmac, part) => hmac.update(part), createHmac('sha256', secret)).digest();

/** Why a time that a sender signed is refused: it is none, or too far from ours. */
export function refuseTime(text: string, now: number, where: string): string | undefined {
  if (!/^\d{1,12}$/.test(text)) return `${where} holds no time in seconds.`;
  const age = Math.round(now - Number(text));
  if (Math.abs(age) <= hookToleranceSeconds) return undefined;
  return age > 0
    ? `The request is ${spanOf(age)} old; ${spanOf(hookToleranceSeconds)} are allowed. It was sent again, or the sender’s clock is wrong.`
    : `The request is dated ${spanOf(-age)} ahead; ${spanOf(hookToleranceSeconds)} are allowed. The sender’s clock is wrong.`;
}

function spanOf(seconds: number): string {
  if (seconds < 7_200) return `${Math.ceil(seconds / 60)} min`;
  const hours = Math.round(seconds / 3_600);
  return hours < 48 ? `${hours} h` : `${Math.round(hours / 24)} days`;
}
