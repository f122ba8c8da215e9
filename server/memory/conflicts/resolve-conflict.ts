import type { InputOf, ResultOf } from '@/lib/api/define-route';
import { AppError } from '@/lib/api/errors';
import type { resolveConflict as contract } from '@/lib/memory/contract';
import { findSecret } from '@/lib/memory/find-secret';
import type { Json } from '@/lib/memory/merge/leaf';
import { type SpaceRef, spaceKey } from '@/lib/memory/space';
import type { Actor } from '@/lib/people/schema';
import { transaction } from '@/server/db/transaction';
import type { Services } from '@/server/services';
import { type ConflictRecord, closeConflict, findConflict } from '../conflict-store';
import { type Db, findEntries } from '../entry-store';
import { refuseEnd, requireRole, requireUnlocked } from '../refuse-end';
import { tellMemory } from '../tell';
import { type Who, whoOf } from '../who';
import { memberOf } from '../write-entry';
import { writeChanges } from '../write-store';

/**
 * Decides a conflict once: what is taken is written over what stands there now, in the same commit. Throws `not_found`,
 * `conflict` where it is decided already, or where the entry was written again since.
 */
export async function resolveConflict(
  { pool, bus }: Pick<Services, 'pool' | 'bus'>,
  actor: Actor,
  { params: { id }, body: { take, value } }: InputOf<typeof contract>,
): Promise<ResultOf<typeof contract>> {
  const who = whoOf(actor);
  const { workspaceId, userId } = actor;
  if (take === 'value' && value === undefined) {
    throw new AppError('invalid_input', 'value: enter the value that is to stand there.');
  }
  const record = await findConflict(pool, { workspaceId, personId: userId, id });
  if (record === undefined) throw new AppError('not_found', 'This conflict does not exist.');
  await requireRole(pool, who);
  await requireUnlocked(pool, who, { workspaceId, id: record.spaceId }, { paths: [record.path] });
  const version = await transaction(pool, async (client) => {
    const closed = await closeConflict(client, {
      workspaceId,
      id,
      by: who.author,
      resolution: take,
    });
    if (!closed) {
      throw new AppError('conflict', 'Somebody has decided this already. Nothing was written.');
    }
    const taken = take === 'mine' ? record.mine : value;
    return take === 'theirs' || taken === undefined
      ? record.theirsVersion
      : writeTaken(client, who, record, taken);
  });
  tellMemory(bus, { workspaceId, id: record.spaceId });
  return { space: spaceKey(record), path: record.path, version };
}

async function writeTaken(
  client: Db,
  who: Who,
  { spaceId, path, theirsVersion, kind, name }: ConflictRecord & SpaceRef,
  value: Json,
): Promise<number> {
  const space = { id: spaceId, workspaceId: who.workspaceId };
  const before = (await findEntries(client, space, [path], true)).get(path);
  if ((before?.version ?? 0) !== theirsVersion) throw writtenAgain(path);
  const { end } = await writeChanges(client, {
    ...{ space, author: who.author, owner: who.owner, member: memberOf(who) },
    changes: [
      {
        ...{ path, value, before, outcome: 'resolved', strategy: 'manual' },
        flagged: findSecret(value) !== undefined,
      },
    ],
  });
  if (end === 'written') return theirsVersion + 1;
  refuseEnd(end, { kind, name });
  throw writtenAgain(path);
}

const writtenAgain = (path: string) =>
  new AppError(
    'conflict',
    `"${path}" was written again in this moment. Nothing was decided: look at both values once more.`,
  );
