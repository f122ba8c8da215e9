import type { InputOf, ResultOf } from '@/lib/api/define-route';
import type { listVersions as contract } from '@/lib/memory/contract';
import type { Actor } from '@/lib/people/schema';
import type { Services } from '@/server/services';
import { versionsBefore } from '../entry-store';
import { requireSpace } from '../find-space';
import { viewVersion } from '../view';
import { noEntry, whoOf } from '../who';

/** Versions of a path, the newest first. Throws `not_found`. */
export async function listVersions(
  { pool }: Pick<Services, 'pool'>,
  actor: Actor,
  { params, query: { path, limit, before } }: InputOf<typeof contract>,
): Promise<ResultOf<typeof contract>> {
  const space = await requireSpace(pool, whoOf(actor), params.space);
  const found = await versionsBefore(pool, space, { path, before, limit });
  if (found.length === 0 && before === undefined) throw noEntry(path);
  return { items: found.slice(0, limit).map(viewVersion), more: found.length > limit };
}
