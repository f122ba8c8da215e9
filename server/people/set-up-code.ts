import { createHmac, timingSafeEqual } from 'node:crypto';
import { AppError } from '@/lib/api/errors';
import type { Config } from '@/server/config';
import { wasForwarded } from '@/server/front/client';
import { hostName, isLoopbackName } from '@/server/front/own-host';
import type { Services } from '@/server/services';
import { takeTurns } from './rate-limit';
import { readSetUp } from './set-up-owner';

/** No letters and digits that look alike. */
const letters = '23456789ABCDEFGHJKLMNPQRSTUVWXYZ';
/** Wrong codes a minute, of everybody together: 32^10 codes are too many to try. */
const perMinute = 10;

/**
 * What the set-up asks for where others than who started the product can reach it: printed at start, the same in all
 * processes, and of no use once there is an account.
 */
export function setUpCode({ authSecret }: Pick<Config, 'authSecret'>): string {
  const bytes = createHmac('sha256', authSecret).update('set-up code').digest().subarray(0, 10);
  const text = [...bytes].map((byte) => letters[byte % letters.length]).join('');
  return `${text.slice(0, 5)}-${text.slice(5)}`;
}

/** Whether people on other machines may reach the product, so that the code is printed at start. */
export function isReachable({ host, url }: Pick<Config, 'host' | 'url'>): boolean {
  return !isLoopbackName(host) || !isLoopbackName(new URL(url).hostname);
}

/** Whether who sent this must show the code. Not on the machine itself: whoever works there has started the product. */
export function needsSetUpCode({ host }: Pick<Config, 'host'>, headers: Headers): boolean {
  const asked = hostName(headers.get('host'));
  const local = isLoopbackName(host) && asked !== undefined && isLoopbackName(asked);
  return !local || wasForwarded(headers);
}

/** Throws `forbidden` for a missing or wrong code where one is needed, `too_many_requests` for who tries many. */
export async function requireSetUpCode(
  services: Services,
  headers: Headers,
  code: string | undefined,
): Promise<void> {
  const { config, prisma } = services;
  if (!needsSetUpCode(config, headers) || !(await readSetUp(services)).needed) return;
  if (code === undefined) throw wrongCode(config, 'Enter the set-up code');
  const turn = await takeTurns(prisma, [{ key: 'set-up-code', most: perMinute }]);
  if (!turn.ok) {
    throw new AppError('too_many_requests', 'Too many wrong set-up codes. Try again in a minute.', {
      retryAfter: turn.secondsLeft,
    });
  }
  const plain = (text: string) => text.toUpperCase().replace(/[^A-Z0-9]/g, '');
  const hash = (text: string) => createHmac('sha256', config.authSecret).update(text).digest();
  if (!timingSafeEqual(hash(plain(code)), hash(plain(setUpCode(config))))) {
    throw wrongCode(config, 'This is not the set-up code');
  }
  await turn.giveBack();
}

function wrongCode(config: Config, what: string): AppError {
  const where = isReachable(config)
    ? 'it was printed when Ensemble was started (for containers: in the log of web)'
    : 'set ENSEMBLE_URL to the address that people open and start again: it is printed then';
  return new AppError('forbidden', `${what}: ${where}.`);
}
