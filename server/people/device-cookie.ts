import { createHash, createHmac, timingSafeEqual } from 'node:crypto';
import type { Config } from '@/server/config';

type Needs = Pick<Config, 'authSecret' | 'url'>;

const days = 180;

/**
 * A cookie that says that somebody signed in to this account from this browser before. It opens nothing: strangers who
 * try passwords use up the account's tries, and a known browser has tries of its own.
 */
export function deviceCookie(config: Needs, email: string, nowMs: number): string {
  const until = nowMs + days * 86_400_000;
  const secure = config.url.startsWith('https://') ? '; Secure' : '';
  return `${nameFor(email)}=${until}.${seal(config, email, until)}; Max-Age=${days * 86_400}; Path=/api/auth; HttpOnly; SameSite=Lax${secure}`;
}

/** What tells this browser from others that know the account too; undefined for a browser that does not. */
export function knownDevice(
  config: Needs,
  email: string,
  cookies: string | null,
  nowMs: number,
): string | undefined {
  const name = nameFor(email);
  const value = (cookies ?? '')
    .split(';')
    .map((part) => part.trim())
    .find((part) => part.startsWith(`${name}=`))
    ?.slice(name.length + 1);
  const [, until, sealed] = /^(\d{13,14})\.([\w-]{43})$/.exec(value ?? '') ?? [];
  if (until === undefined || sealed === undefined || Number(until) <= nowMs) return undefined;
  const right = timingSafeEqual(
    Buffer.from(sealed),
    Buffer.from(seal(config, email, Number(until))),
  );
  return right ? sealed : undefined;
}

/** One for each account, so that people who share a browser do not take it from each other. */
function nameFor(email: string): string {
  return `ensemble.device_${createHash('sha256').update(email).digest('hex').slice(0, 16)}`;
}

function seal({ authSecret }: Needs, email: string, until: number): string {
  return createHmac('sha256', authSecret).update(`device\0${email}\0${until}`).digest('base64url');
}
