import type { InputOf, ResultOf } from '@/lib/api/define-route';
import type { listChanges as contract } from '@/lib/memory/contract';
import type { Actor } from '@/lib/people/schema';
import type { Services } from '@/server/services';
import { changesAfter } from '../entry-store';
import { requireSpace } from '../find-space';
import { viewChange } from '../view';
import { whoOf } from '../who';

/**
 * Changes of a space after a number, in the order of their commits; without one the newest. Numbers have no gaps: whoever
 * has read up to one has missed nothing before it, unless it is below `oldest`. Throws `not_found`.
 */
export async function listChanges(
  { pool }: Pick<Services, 'pool'>,
  actor: Actor,
  { params, query: { after, limit, values } }: InputOf<typeof contract>,
): Promise<ResultOf<typeof contract>> {
  const space = await requireSpace(pool, whoOf(actor), params.space);
  const found = await changesAfter(pool, space, { after, limit });
  return {
    items: found.map((one) => viewChange(one, values === 'true')),
    latest: Math.max(space.number, found.at(-1)?.number ?? 0),
    oldest: space.forgotten + 1,
  };
}
