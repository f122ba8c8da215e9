import type { InputOf, ResultOf } from '@/lib/api/define-route';
import type { listEntries as contract } from '@/lib/memory/contract';
import type { Actor } from '@/lib/people/schema';
import type { Services } from '@/server/services';
import { entriesAfter } from './entry-store';
import { requireSpace } from './find-space';
import { viewListed } from './view';
import { whoOf } from './who';

/** Entries by path. Throws `not_found`. */
export async function listEntries(
  { pool }: Pick<Services, 'pool'>,
  actor: Actor,
  { params, query: { limit, cursor = '', under } }: InputOf<typeof contract>,
): Promise<ResultOf<typeof contract>> {
  const space = await requireSpace(pool, whoOf(actor), params.space);
  const found = await entriesAfter(pool, space, { under, after: cursor, limit });
  const page = found.slice(0, limit);
  const last = found.length > limit ? page.at(-1) : undefined;
  return { items: page.map(viewListed), ...(last === undefined ? {} : { nextCursor: last.path }) };
}
