import type { InputOf, ResultOf } from '@/lib/api/define-route';
import type { exportSpace as contract } from '@/lib/memory/contract';
import { maxEntries } from '@/lib/memory/limits';
import { spaceKey } from '@/lib/memory/space';
import type { Actor } from '@/lib/people/schema';
import type { Services } from '@/server/services';
import { entriesAfter } from '../entry-store';
import { requireSpace } from '../find-space';
import { whoOf } from '../who';

/** All entries of a space as one statement sees them. Throws `not_found`. */
export async function exportSpace(
  { pool }: Pick<Services, 'pool'>,
  actor: Actor,
  { params }: InputOf<typeof contract>,
): Promise<ResultOf<typeof contract>> {
  const space = await requireSpace(pool, whoOf(actor), params.space);
  const entries = await entriesAfter(pool, space, { under: '', after: '', limit: maxEntries });
  return {
    ...{ format: 'ensemble-memory-1', space: spaceKey(space), number: space.number },
    entries: entries.map(({ path, value, expiresAt }) => ({
      ...{ path, value, expiresAt: expiresAt?.toISOString() ?? null },
    })),
  };
}
