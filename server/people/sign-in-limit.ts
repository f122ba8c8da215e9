import { createHash } from 'node:crypto';
import type { Services } from '@/server/services';
import { knownDevice } from './device-cookie';
import { type Limit, type Turns, takeTurns } from './rate-limit';

/** Wrong passwords of one account, or of one browser that knows it, a minute. */
const perAccount = 10;
/** Wrong passwords from one address a minute, whatever accounts they are for. */
const perAddress = 60;

type Needs = Pick<Services, 'prisma' | 'config'>;

/**
 * Takes the turn of one try to sign in, before the password is looked at; to be given back when it was right. Beyond
 * ten wrong ones a minute for one account, and sixty from one address, tries are refused without a look. A browser in
 * which the person signed in before has a budget of its own, which nobody else can use up.
 */
export function takeSignInTurn(
  { prisma, config }: Needs,
  try_: { email: unknown; cookies: string | null; address: string | undefined },
): Promise<Turns> {
  const email = plainEmail(try_.email);
  const device = knownDevice(config, email, try_.cookies, Date.now());
  const limits: Limit[] =
    device === undefined
      ? [{ key: `wrong-password|${digest(email)}`, most: perAccount }]
      : [{ key: `wrong-password|${digest(email)}|${digest(device)}`, most: perAccount }];
  if (device === undefined && try_.address !== undefined) {
    limits.push({ key: `wrong-password|from|${digest(try_.address)}`, most: perAddress });
  }
  return takeTurns(prisma, limits);
}

/** The same for a session that asks to change its password: whoever has the session must not find out the password. */
export function takeChangeTurn({ prisma }: Needs, cookies: string | null): Promise<Turns> {
  const session = /ensemble\.session_token=([^;]+)/.exec(cookies ?? '')?.[1] ?? '';
  return takeTurns(prisma, [{ key: `wrong-password|change|${digest(session)}`, most: perAccount }]);
}

/** An e-mail as it is stored. */
export function plainEmail(email: unknown): string {
  return typeof email === 'string' ? email.trim().toLowerCase() : '';
}

const digest = (text: string): string => createHash('sha256').update(text).digest('base64url');
