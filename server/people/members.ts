import type { InputOf, ResultOf } from '@/lib/api/define-route';
import { AppError } from '@/lib/api/errors';
import { can } from '@/lib/people/can';
import type {
  changeRole as changeContract,
  leaveWorkspace as leaveContract,
  listMembers as listContract,
  removeMember as removeContract,
} from '@/lib/people/contract';
import type { Actor } from '@/lib/people/schema';
import type { Services } from '@/server/services';
import { deleteKeysOf } from './key-store';
import {
  type Db,
  deleteMember,
  insertAudit,
  lockWorkspace,
  membershipIn,
  membersOf,
  ownersOf,
  setRole,
  twoFactorAmong,
} from './store';

type Member = ResultOf<typeof listContract>['items'][number];

/** Members of the workspace, oldest first. */
export async function listMembers(
  services: Services,
  actor: Actor,
): Promise<ResultOf<typeof listContract>> {
  const members = await membersOf(services.prisma, actor.workspaceId);
  if (!can(actor.role, 'members.manage')) return { items: members.map(toMember) };
  const safe = await twoFactorAmong(
    services.prisma,
    members.map(({ userId }) => userId),
  );
  return {
    items: members.map((row) => ({ ...toMember(row), twoFactor: safe.has(row.userId) })),
  };
}

/**
 * Gives a member another role. Owners alone make, change and remove owners, and one owner always remains.
 * Throws `not_found`, `forbidden`, `conflict`.
 */
export async function changeRole(
  services: Services,
  actor: Actor,
  { params, body }: InputOf<typeof changeContract>,
): Promise<ResultOf<typeof changeContract>> {
  await services.prisma.$transaction(async (tx) => {
    const before = await mayTouch(tx, actor, params.userId, body.role === 'owner');
    if (before === body.role) return;
    if (before === 'owner') await keepAnOwner(tx, actor.workspaceId);
    await setRole(tx, actor.workspaceId, params.userId, body.role);
    await insertAudit(tx, {
      workspaceId: actor.workspaceId,
      actorId: actor.userId,
      action: 'member.role-changed',
      subjectType: 'member',
      subjectId: params.userId,
      detail: { from: before, to: body.role },
    });
  });
  announce(services, actor.workspaceId, params.userId);
  const all = await membersOf(services.prisma, actor.workspaceId);
  const member = all.find((each) => each.userId === params.userId);
  if (!member) throw noMember();
  return toMember(member);
}

/** Removes a member together with their API keys of this workspace. Same rules as {@link changeRole}. */
export async function removeMember(
  services: Services,
  actor: Actor,
  { params }: Pick<InputOf<typeof removeContract>, 'params'>,
): Promise<ResultOf<typeof removeContract>> {
  await services.prisma.$transaction(async (tx) => {
    const role = await mayTouch(tx, actor, params.userId, false);
    await remove(tx, actor, params.userId, role);
  });
  announce(services, actor.workspaceId, params.userId);
  return { userId: params.userId };
}

/** Takes the actor out of the workspace. Throws `conflict` for its last owner. */
export async function leaveWorkspace(
  services: Services,
  actor: Actor,
): Promise<ResultOf<typeof leaveContract>> {
  await services.prisma.$transaction(async (tx) => {
    await lockWorkspace(tx, actor.workspaceId);
    const self = await membershipIn(tx, actor.userId, actor.workspaceId);
    if (!self) throw noMember();
    await remove(tx, actor, actor.userId, self.role);
  });
  announce(services, actor.workspaceId, actor.userId);
  return { id: actor.workspaceId };
}

async function remove(tx: Db, actor: Actor, userId: string, role: Actor['role']): Promise<void> {
  if (role === 'owner') await keepAnOwner(tx, actor.workspaceId);
  await deleteMember(tx, actor.workspaceId, userId);
  await deleteKeysOf(tx, userId, actor.workspaceId);
  await insertAudit(tx, {
    workspaceId: actor.workspaceId,
    actorId: actor.userId,
    action: userId === actor.userId ? 'member.left' : 'member.removed',
    subjectType: 'member',
    subjectId: userId,
    detail: { role },
  });
}

/** The member's role, with the workspace locked; the actor's own role is read again under that lock. */
async function mayTouch(
  tx: Db,
  actor: Actor,
  userId: string,
  makesOwner: boolean,
): Promise<Actor['role']> {
  await lockWorkspace(tx, actor.workspaceId);
  const [self, member] = await Promise.all([
    membershipIn(tx, actor.userId, actor.workspaceId),
    membershipIn(tx, userId, actor.workspaceId),
  ]);
  if (!member) throw noMember();
  const touchesOwner = makesOwner || member.role === 'owner';
  const able = touchesOwner
    ? self?.role === 'owner'
    : self?.role === 'owner' || self?.role === 'admin';
  if (!able) {
    throw new AppError('forbidden', 'Only an owner can add, change or remove an owner.');
  }
  return member.role;
}

async function keepAnOwner(tx: Db, workspaceId: string): Promise<void> {
  if ((await ownersOf(tx, workspaceId)) > 1) return;
  throw new AppError('conflict', 'A workspace needs an owner. Make someone else an owner first.');
}

/** Tells open pages and sockets, so that a lost right is lost at once. */
function announce(services: Services, workspaceId: string, userId: string): void {
  services.bus.publish(`workspace:${workspaceId}`, { kind: 'member', id: userId });
}

function toMember(row: Awaited<ReturnType<typeof membersOf>>[number]): Member {
  return {
    userId: row.userId,
    name: row.name,
    email: row.email,
    role: row.role,
    joinedAt: row.joinedAt.toISOString(),
  };
}

function noMember(): AppError {
  return new AppError('not_found', 'This person is not a member of this workspace.');
}
