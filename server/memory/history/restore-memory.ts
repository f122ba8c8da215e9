import type { Pool } from 'pg';
import type { InputOf, ResultOf } from '@/lib/api/define-route';
import { AppError } from '@/lib/api/errors';
import type { restoreMemory as contract } from '@/lib/memory/contract';
import { same } from '@/lib/memory/merge/leaf';
import type { Actor } from '@/lib/people/schema';
import type { Services } from '@/server/services';
import { checkpointsOf } from '../checkpoint-store';
import { findEntries, findVersion, stateAt, type VersionRecord } from '../entry-store';
import { requireSpace } from '../find-space';
import { refuseEnd, requireRole, requireUnlocked } from '../refuse-end';
import type { SpaceRecord } from '../space-store';
import { tellMemory } from '../tell';
import { noEntry, type Who, whoOf } from '../who';
import { memberOf, standingOf } from '../write-entry';
import { type Change, writeChanges } from '../write-store';
import { noCheckpoint } from './checkpoints';

type Body = InputOf<typeof contract>['body'];
const maxTries = 6;

/** Writes former values as new versions: nothing is lost. Throws `not_found`, `conflict` for what is no longer kept. */
export async function restoreMemory(
  { pool, bus }: Pick<Services, 'pool' | 'bus'>,
  actor: Actor,
  { params, body }: InputOf<typeof contract>,
): Promise<ResultOf<typeof contract>> {
  const who = whoOf(actor);
  const space = await requireSpace(pool, who, params.space);
  for (let tries = 0; tries < maxTries; tries += 1) {
    const changes = await changesTo(pool, space, body);
    const answer = (number: number) => ({ changes: changes.map(viewOf), number });
    if (body.preview || changes.length === 0) return answer(space.number);
    const written = await writeAll(pool, who, space, changes);
    if (written !== undefined) {
      tellMemory(bus, space);
      return answer(written);
    }
    await requireRole(pool, who);
    await requireUnlocked(pool, who, space, { paths: changes.map(({ path }) => path) });
  }
  throw new AppError('unavailable', 'Others keep writing here. Nothing was restored; try again.');
}

async function writeAll(pool: Pool, who: Who, space: SpaceRecord, changes: Change[]) {
  const { author, owner } = who;
  const writing = { space, author, owner, changes, member: memberOf(who) };
  const done = await writeChanges(pool, writing);
  return done.end === 'written' ? done.number : refuseEnd(done.end, space);
}

async function changesTo(pool: Pool, space: SpaceRecord, { to, under }: Body): Promise<Change[]> {
  const wanted =
    'path' in to ? await versionOf(pool, space, to) : await statesOf(pool, space, to, under);
  const now = await findEntries(
    pool,
    space,
    wanted.map(({ path }) => path),
  );
  return wanted.flatMap(({ path, was }) => {
    const before = now.get(path);
    const value = was === undefined || was.deleted || isOver(was) ? undefined : was.value;
    if (same(value, standingOf(before)?.value)) return [];
    return [
      {
        ...{ path, value, before, outcome: 'restored' as const, strategy: 'last' },
        ...{
          baseVersion: was?.version,
          expiresAt: was?.expiresAt ?? null,
          flagged: before?.flagged ?? false,
        },
      },
    ];
  });
}

const isOver = ({ expiresAt }: VersionRecord) =>
  expiresAt !== null && expiresAt.getTime() <= Date.now();

async function versionOf(
  pool: Pool,
  space: SpaceRecord,
  { path, version }: { path: string; version: number },
) {
  const was = await findVersion(pool, space, path, version);
  if (was === undefined) throw noEntry(path);
  return [{ path, was }];
}

async function statesOf(
  pool: Pool,
  space: SpaceRecord,
  to: { checkpoint: string } | { number: number },
  under: string,
) {
  const number = 'number' in to ? to.number : await numberOf(pool, space, to.checkpoint);
  if (number < space.forgotten) {
    const message = `Changes up to ${space.forgotten} are no longer kept. Nothing was restored.`;
    throw new AppError('conflict', message);
  }
  return stateAt(pool, space, { number, under });
}

async function numberOf(pool: Pool, space: SpaceRecord, id: string): Promise<number> {
  const found = (await checkpointsOf(pool, space)).find((one) => one.id === id);
  if (found === undefined) throw noCheckpoint();
  return found.number;
}

function viewOf({ path, value, before }: Change) {
  const there = before !== undefined && !before.deleted;
  const change =
    value === undefined
      ? ('deleted' as const)
      : there
        ? ('changed' as const)
        : ('brought back' as const);
  return { path, change, from: before?.version ?? 0 };
}
