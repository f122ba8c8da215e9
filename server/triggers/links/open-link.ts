import { timingSafeEqual } from 'node:crypto';
import { AppError } from '@/lib/api/errors';
import type { Services } from '@/server/services';
import { openSecret } from '../secrets';
import { findLinked, type Linked } from './link-store';
import { readLinkToken } from './link-token';

/** A form or a chat that a link leads to. */
export type Found<K extends Linked['kind']> = Extract<Linked, { kind: K }>;

/**
 * What a link leads to, on or off. Throws `not_found` for a link that never was one, or is one no more: its trigger was
 * deleted or given a new link, or is shared no longer.
 */
export async function openLink<K extends Linked['kind']>(
  services: Pick<Services, 'pool' | 'vault'>,
  kind: K,
  token: string,
): Promise<Found<K>> {
  const { id, secret } = readLinkToken(token);
  const found = await findLinked(services.pool, id);
  if (found === undefined) throw noLink();
  const { linked, sealed } = found;
  if (!same(openSecret(services.vault, linked, sealed), secret)) throw noLink();
  if (!isKind(linked, kind)) throw noLink();
  return linked;
}

function isKind<K extends Linked['kind']>(linked: Linked, kind: K): linked is Found<K> {
  if (linked.kind === 'chat' && linked.config.link === 'nobody') return false;
  return linked.kind === kind;
}

function same(a: string, b: string): boolean {
  const [left, right] = [Buffer.from(a), Buffer.from(b)];
  return left.byteLength === right.byteLength && timingSafeEqual(left, right);
}

const noLink = () =>
  new AppError('not_found', 'This link leads nowhere any more. Ask whoever sent it for a new one.');
