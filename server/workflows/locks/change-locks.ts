import type { PoolClient } from 'pg';
import type { InputOf, ResultOf } from '@/lib/api/define-route';
import { AppError } from '@/lib/api/errors';
import type {
  changeLock as changeContract,
  createLock as createContract,
  endLock as endContract,
  listLocks as listContract,
} from '@/lib/locks/contract';
import { maxLocks } from '@/lib/locks/schema';
import { can } from '@/lib/people/can';
import type { Actor } from '@/lib/people/schema';
import type { DraftLock } from '@/lib/realtime/messages';
import { transaction } from '@/server/db/transaction';
import { insertAudit } from '@/server/people/insert-audit';
import type { Services } from '@/server/services';
import { requireWorkflow } from '../require-workflow';
import * as rows from './store';

/** Locks that hold now. Throws `not_found`. */
export async function listLocks(
  services: Services,
  actor: Actor,
  { params }: InputOf<typeof listContract>,
): Promise<ResultOf<typeof listContract>> {
  const { id } = await requireWorkflow(services, actor, params.id);
  return { locks: await locksOf(services.pool, id) };
}

/** Locks nodes or the workflow for the actor. Throws `not_found`, `locked` where another holds what is asked for. */
export async function createLock(
  services: Services,
  actor: Actor,
  { params, body }: InputOf<typeof createContract>,
): Promise<ResultOf<typeof createContract>> {
  await requireNodes(services, actor, params.id, body.nodeIds);
  return change(services, actor, params.id, async (client, locks) => {
    if (locks.length >= maxLocks) {
      throw new AppError('conflict', `A workflow may have ${maxLocks} locks.`);
    }
    const values = checked(body, locks, actor);
    const id = await rows.insertLock(client, params.id, actor.userId, values);
    await insertAudit(
      client,
      actor,
      'workflow.locked',
      { type: 'workflow', id: params.id },
      { lockId: id, ...values },
    );
    return id;
  });
}

/** A lock on steps that are not there would hold nothing, and whoever made it would believe that it does. */
async function requireNodes(
  services: Services,
  actor: Actor,
  workflowId: string,
  nodeIds: readonly string[],
): Promise<void> {
  if (nodeIds.length === 0) return;
  const { id } = await requireWorkflow(services, actor, workflowId);
  const there = new Set((await services.drafts.read(id))?.nodes.map((node) => node.id));
  const missing = nodeIds.filter((nodeId) => !there.has(nodeId));
  if (missing.length === 0) return;
  const shown = missing
    .slice(0, 3)
    .map((nodeId) => `"${nodeId}"`)
    .join(', ');
  throw new AppError('invalid_input', `nodeIds: there is no step ${shown} in this workflow.`);
}

/** Changes the actor's own lock. Throws as {@link createLock}, and `forbidden` for somebody else's. */
export async function changeLock(
  services: Services,
  actor: Actor,
  { params, body }: InputOf<typeof changeContract>,
): Promise<ResultOf<typeof changeContract>> {
  await requireNodes(services, actor, params.id, body.nodeIds ?? []);
  return change(services, actor, params.id, async (client, locks) => {
    const lock = lockIn(locks, params.lockId);
    if (lock.ownerId !== actor.userId) throw new AppError('forbidden', 'This lock is not yours.');
    const others = locks.filter((each) => each.id !== lock.id);
    const { nodeIds = lock.nodeIds, reason = lock.reason, expiresAt = lock.expiresAt } = body;
    const values = checked({ nodeIds, reason, expiresAt }, others, actor);
    await rows.updateLock(client, lock.id, values);
    const detail = { lockId: lock.id, ...values };
    await insertAudit(
      client,
      actor,
      'workflow.lock-changed',
      { type: 'workflow', id: params.id },
      detail,
    );
    return lock.id;
  });
}

/** Ends a lock: the actor's own, or anybody's for who may manage the workspace. Throws `not_found`, `forbidden`. */
export async function endLock(
  services: Services,
  actor: Actor,
  { params }: InputOf<typeof endContract>,
): Promise<ResultOf<typeof endContract>> {
  const { id } = await requireWorkflow(services, actor, params.id);
  await transaction(services.pool, async (client) => {
    await rows.holdDraft(client, id);
    const lock = lockIn(await locksOf(client, id), params.lockId);
    if (lock.ownerId !== actor.userId && !can(actor.role, 'workspace.manage')) {
      throw new AppError('forbidden', `Ask ${lock.ownerName} or an admin to unlock it.`);
    }
    await rows.deleteLock(client, lock.id);
    const { id: lockId, ownerId, nodeIds } = lock;
    await insertAudit(
      client,
      actor,
      'workflow.unlocked',
      { type: 'workflow', id: id },
      { lockId, ownerId, nodeIds },
    );
  });
  services.bus.publish(`draft:${id}`, { kind: 'locks', by: 'store' });
  return { id: params.lockId };
}

/** Makes or changes a lock while no other can, and tells whoever has the draft open. */
async function change(
  services: Services,
  actor: Actor,
  workflowId: string,
  work: (client: PoolClient, locks: readonly DraftLock[]) => Promise<string>,
): Promise<DraftLock> {
  const { id } = await requireWorkflow(services, actor, workflowId);
  const lock = await transaction(services.pool, async (client) => {
    await rows.holdDraft(client, id);
    const lockId = await work(client, await locksOf(client, id));
    return lockIn(await locksOf(client, id), lockId);
  });
  services.bus.publish(`draft:${id}`, { kind: 'locks', by: 'store' });
  return lock;
}

/** Nobody can lock what another has locked: neither could then work. */
function checked(
  values: rows.LockValues,
  locks: readonly DraftLock[],
  actor: Actor,
): rows.LockValues {
  if (values.expiresAt !== null && Date.parse(values.expiresAt) <= Date.now()) {
    throw new AppError('invalid_input', 'expiresAt must be in the future.');
  }
  const nodeIds = [...new Set(values.nodeIds)];
  const inTheWay = locks.find(
    (lock) =>
      lock.ownerId !== actor.userId &&
      (nodeIds.length === 0 ||
        lock.nodeIds.length === 0 ||
        lock.nodeIds.some((id) => nodeIds.includes(id))),
  );
  if (inTheWay) {
    throw new AppError('locked', `${inTheWay.ownerName} has locked part of this.`);
  }
  return { ...values, nodeIds };
}

const locksOf = async (db: Services['pool'] | PoolClient, workflowId: string) =>
  (await rows.activeLocks(db, [workflowId])).get(workflowId) ?? [];

function lockIn(locks: readonly DraftLock[], lockId: string): DraftLock {
  const lock = locks.find((each) => each.id === lockId);
  if (!lock) throw new AppError('not_found', 'This lock does not exist.');
  return lock;
}
