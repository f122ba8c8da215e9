import type { Pool } from 'pg';
import type { InputOf, ResultOf } from '@/lib/api/define-route';
import { AppError } from '@/lib/api/errors';
import type * as contracts from '@/lib/memory/locks/contract';
import { readSpace } from '@/lib/memory/space';
import { can } from '@/lib/people/can';
import type { Actor } from '@/lib/people/schema';
import { transaction } from '@/server/db/transaction';
import type { Services } from '@/server/services';
import { ownSpace, requireSpace, spaceToWrite } from '../find-space';
import { extendLock, type FoundLock, findLock, holdLocks, locksOf } from '../lock-store';
import { requireRole } from '../refuse-end';
import { tellMemory } from '../tell';
import { whoOf } from '../who';
import { releaseLocks } from './release-lock';
import { takeLock as take } from './take-lock';
import { viewLock } from './view-lock';

/** Throws `not_found`, `invalid_input`. */
export async function listLocks(
  { pool }: Pick<Services, 'pool'>,
  actor: Actor,
  { query: { space: key } }: InputOf<typeof contracts.listLocks>,
): Promise<ResultOf<typeof contracts.listLocks>> {
  const read = readSpace(key);
  if (!read.ok) throw new AppError('invalid_input', `space: "${key}" ${read.problem}.`);
  const space = await requireSpace(pool, whoOf(actor), read.space);
  const all = await locksOf(pool, space);
  return { items: all.map((lock) => viewLock(space, lock, all)) };
}

/** Throws `locked`, `conflict`, `not_found`. */
export async function takeLock(
  { pool, bus }: Pick<Services, 'pool' | 'bus'>,
  actor: Actor,
  {
    body: { space: asked, path, mode, leaseSeconds, wait, holder },
  }: InputOf<typeof contracts.takeLock>,
): Promise<ResultOf<typeof contracts.takeLock>> {
  const who = whoOf(actor);
  const owner = holder === undefined ? who.owner : `${who.owner}/${holder}`;
  await requireRole(pool, who);
  const space = await spaceToWrite(pool, who, asked);
  // Whoever waits over HTTP asks again; a wait that nobody renews ends like a lease.
  const wish = { path, mode, leaseSeconds, waitSeconds: wait ? leaseSeconds : 0 };
  const lock = await take(pool, { ...who, owner }, space, wish);
  tellMemory(bus, space);
  return viewLock(space, lock, await locksOf(pool, space));
}

async function requireLock(pool: Pool, actor: Actor, token: number): Promise<FoundLock> {
  const lock = await findLock(pool, actor.workspaceId, token);
  if (lock === undefined) throw noLock();
  ownSpace(whoOf(actor), lock);
  return lock;
}

const noLock = () =>
  new AppError(
    'not_found',
    'This lock is not held any more: it was released, or its time is over.',
  );

/** Throws `not_found`. */
export async function getLock(
  { pool }: Pick<Services, 'pool'>,
  actor: Actor,
  { params: { token } }: InputOf<typeof contracts.getLock>,
): Promise<ResultOf<typeof contracts.getLock>> {
  const lock = await requireLock(pool, actor, token);
  const { workspaceId } = actor;
  return viewLock(lock, lock, await locksOf(pool, { workspaceId, id: lock.spaceId }));
}

/** Whether a lock is one's own; those of runs may be released by all who may write, others' by admins. */
function requireOwn(actor: Actor, { owner, author }: FoundLock): void {
  const mine = whoOf(actor).owner;
  if (owner === mine || owner.startsWith(`${mine}/`) || author.kind === 'run') return;
  if (can(actor.role, 'workspace.manage')) return;
  throw new AppError(
    'forbidden',
    `${author.name} holds this lock. They or an admin can release it.`,
  );
}

/** Throws `not_found` for one whose time is over, `forbidden` for another person's. */
export async function renewLock(
  { pool, bus }: Pick<Services, 'pool' | 'bus'>,
  actor: Actor,
  { params: { token }, body: { leaseSeconds } }: InputOf<typeof contracts.renewLock>,
): Promise<ResultOf<typeof contracts.renewLock>> {
  const lock = await requireLock(pool, actor, token);
  requireOwn(actor, lock);
  const space = { workspaceId: actor.workspaceId, id: lock.spaceId };
  const all = await transaction(pool, async (client) => {
    await holdLocks(client, space);
    if ((await findLock(client, actor.workspaceId, token)) === undefined) throw noLock();
    await extendLock(client, token, leaseSeconds);
    return locksOf(client, space);
  });
  tellMemory(bus, space);
  const renewed = all.find((one) => one.token === token);
  if (renewed === undefined) throw noLock();
  return viewLock(lock, renewed, all);
}

/** Throws `not_found`, `forbidden`. */
export async function releaseLock(
  { pool, bus }: Pick<Services, 'pool' | 'bus'>,
  actor: Actor,
  { params: { token } }: InputOf<typeof contracts.releaseLock>,
): Promise<ResultOf<typeof contracts.releaseLock>> {
  const lock = await requireLock(pool, actor, token);
  requireOwn(actor, lock);
  const space = { workspaceId: actor.workspaceId, id: lock.spaceId };
  await releaseLocks(pool, space, { token });
  tellMemory(bus, space);
  return { token };
}
