import { createHash } from 'node:crypto';
import { AppError } from '@/lib/api/errors';
import type { Config } from '@/server/config';

/** The one address to which a provider sends people back: no request says where else. */
export const callbackUrl = ({ url }: Pick<Config, 'url'>): string =>
  `${url}/settings/connections/callback`;

export const stateHashOf = (state: string): string => hash(`state:${state}`);

/** Which session asks, without keeping what proves it. Throws `forbidden` where an API key asks. */
export function sessionHashOf(request: Request): string {
  const cookies = request.headers.get('cookie') ?? '';
  const [, token] =
    /(?:^|;\s*)(?:__Secure-|__Host-)?[\w.-]*session_token=([^;]+)/.exec(cookies) ?? [];
  if (token !== undefined) return hash(`session:${token}`);
  throw new AppError('forbidden', 'Sign in to a connection in a browser, not with an API key.');
}

const hash = (text: string) => createHash('sha256').update(text).digest('hex');
