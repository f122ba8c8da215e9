import type { Pool } from 'pg';
import { AppError } from '@/lib/api/errors';
import { maxSharedSpaces } from '@/lib/memory/limits';
import type { SpaceRef } from '@/lib/memory/space';
import { transaction } from '@/server/db/transaction';
import {
  findSpaceRecord,
  hasSubject,
  holdSharedCount,
  insertSpace,
  type SpaceRecord,
} from './space-store';
import { noSpace, type Who } from './who';

/** The space that is meant, with `me` as whoever asks. Throws `not_found` for another person's. */
export function ownSpace({ personId }: Who, space: SpaceRef): SpaceRef {
  if (space.kind !== 'person') return space;
  const name = space.name === 'me' ? (personId ?? '') : space.name;
  if (name === '' || name !== personId) throw noSpace(space);
  return { kind: 'person', name };
}

/** A space that is there and may be read; undefined for any other. */
export function findSpace(pool: Pool, who: Who, space: SpaceRef): Promise<SpaceRecord | undefined> {
  return findSpaceRecord(pool, who.workspaceId, ownSpace(who, space));
}

/** Throws `not_found`. */
export async function requireSpace(pool: Pool, who: Who, space: SpaceRef): Promise<SpaceRecord> {
  const found = await findSpace(pool, who, space);
  if (found === undefined) throw noSpace(space);
  return found;
}

/** A space to write to, which begins with its first entry. Throws `not_found` where nothing is there that it belongs to. */
export async function spaceToWrite(pool: Pool, who: Who, asked: SpaceRef): Promise<SpaceRecord> {
  const space = ownSpace(who, asked);
  const found = await findSpaceRecord(pool, who.workspaceId, space);
  if (found !== undefined) return found;
  if (!(await hasSubject(pool, who.workspaceId, space))) throw noSpace(space);
  await makeSpace(pool, who, space);
  return requireSpace(pool, who, space);
}

/** Makes a space unless it is there; answers whether it was made. Throws `conflict` where there are too many. */
export function makeSpace(pool: Pool, { workspaceId }: Who, space: SpaceRef): Promise<boolean> {
  if (space.kind !== 'team') return insertSpace(pool, workspaceId, space);
  return transaction(pool, async (client) => {
    if ((await holdSharedCount(client, workspaceId)) >= maxSharedSpaces) {
      const message = `A workspace may have ${maxSharedSpaces} shared spaces. Delete one that is not needed.`;
      throw new AppError('conflict', message);
    }
    return insertSpace(client, workspaceId, space);
  });
}
