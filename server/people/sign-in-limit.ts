import { createHash } from 'node:crypto';
import { APIError, createAuthMiddleware } from 'better-auth/api';
import type { Prisma } from '@/server/db/prisma';
import { clearLimit, countLimit, readLimit } from './store';

const windowSeconds = 60;
const failures = 10;

/**
 * Slows down guessing of one account's password: after ten wrong ones within a minute, that account's
 * sign-in answers 429 for the rest of the minute, whatever address asks. Right passwords are never counted.
 */
export function signInLimit(prisma: Prisma) {
  return {
    before: createAuthMiddleware(async (context) => {
      if (context.path !== '/sign-in/email') return;
      const { count, secondsLeft } = await readLimit(prisma, keyOf(context.body), windowSeconds);
      if (count < failures) return;
      throw new APIError(
        'TOO_MANY_REQUESTS',
        {
          code: 'TOO_MANY_ATTEMPTS',
          message: `Too many wrong passwords. Wait ${secondsLeft} seconds, then try again.`,
        },
        { 'Retry-After': String(secondsLeft) },
      );
    }),
    after: createAuthMiddleware(async (context) => {
      if (context.path !== '/sign-in/email') return;
      const returned = context.context.returned;
      if (!(returned instanceof Error)) await clearLimit(prisma, keyOf(context.body));
      else if ((returned as { statusCode?: number }).statusCode === 401) {
        await countLimit(prisma, keyOf(context.body), windowSeconds);
      }
    }),
  };
}

function keyOf(body: unknown): string {
  const email = (body as { email?: unknown } | undefined)?.email;
  const text = typeof email === 'string' ? email.trim().toLowerCase() : '';
  return `wrong-password|${createHash('sha256').update(text).digest('base64url')}`;
}
