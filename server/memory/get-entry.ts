import type { InputOf, ResultOf } from '@/lib/api/define-route';
import { AppError } from '@/lib/api/errors';
import type { getEntry as contract } from '@/lib/memory/contract';
import type { MemoryEntry } from '@/lib/memory/schema';
import type { Actor } from '@/lib/people/schema';
import type { Services } from '@/server/services';
import { type Db, findEntries, findVersion } from './entry-store';
import { requireSpace } from './find-space';
import type { SpaceRecord } from './space-store';
import { viewEntry } from './view';
import { noEntry, whoOf } from './who';

/** An entry, or a former version of it. Throws `not_found`. */
export async function getEntry(
  { pool }: Pick<Services, 'pool'>,
  actor: Actor,
  { params: { space: asked, path }, query: { version } }: InputOf<typeof contract>,
): Promise<ResultOf<typeof contract>> {
  const space = await requireSpace(pool, whoOf(actor), asked);
  if (version === undefined) return entryIn(pool, space, path);
  const found = await findVersion(pool, space, path, version);
  if (found === undefined || found.deleted) {
    throw new AppError('not_found', `"${path}" has no value with the version ${version}.`);
  }
  const now = (await findEntries(pool, space, [path])).get(path);
  const { author, value, checksum, createdAt, expiresAt } = found;
  return viewEntry(space, {
    ...{ path, version, author, value, checksum, createdAt, expiresAt, updatedAt: createdAt },
    ...{ deleted: false, expired: false },
    flagged: now?.flagged ?? false,
    conflict: now?.conflict ?? false,
  });
}

/** What stands at a path. Throws `not_found` for what is deleted or whose time is over. */
export async function entryIn(db: Db, space: SpaceRecord, path: string): Promise<MemoryEntry> {
  const entry = (await findEntries(db, space, [path])).get(path);
  if (entry === undefined || entry.deleted || entry.expired) throw noEntry(path);
  return viewEntry(space, entry);
}
