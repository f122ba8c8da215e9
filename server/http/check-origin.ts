import { AppError } from '@/lib/api/errors';
import type { Config } from '@/server/config';
import { trustedOrigins } from '@/server/people/auth';

/**
 * Refuses a change that a foreign page asks for with a person's cookie. Browsers name the page's origin in every
 * such request; a program that names none (and no `Sec-Fetch-Site`) is no browser, and got the cookie by itself.
 * Throws `forbidden`.
 */
export function checkOrigin(
  config: Pick<Config, 'url'>,
  request: Pick<Request, 'headers' | 'method'>,
): void {
  if (request.method === 'GET' || request.method === 'HEAD') return;
  const origin = request.headers.get('origin');
  const site = request.headers.get('sec-fetch-site');
  const own =
    origin === null
      ? site === null || site === 'same-origin' || site === 'none'
      : trustedOrigins(config, request.headers).includes(origin);
  if (!own) {
    throw new AppError(
      'forbidden',
      'Requests from another origin cannot make changes. Open Ensemble at its own address (ENSEMBLE_URL).',
    );
  }
}
