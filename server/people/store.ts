import { randomUUID } from 'node:crypto';
import { type Role, roleSchema } from '@/lib/people/schema';
import type { Tour } from '@/lib/people/tour';
import { Prisma as Types } from '@/server/db/generated/client';

/** The client, or a transaction of it. */
export type Db = Types.TransactionClient;

export type Membership = {
  userId: string;
  name: string;
  email: string;
  workspaceId: string;
  workspaceName: string;
  workspaceSlug: string;
  role: Role;
};

type MemberRow = Omit<Membership, 'role'> & { role: string; joinedAt: Date };

/** One query instead of the three that an `include` costs: this is asked for every request. */
async function memberships(db: Db, where: Types.Sql): Promise<(Membership & { joinedAt: Date })[]> {
  const rows = await db.$queryRaw<MemberRow[]>`
    select m."userId", u.name, u.email, m.role, m."createdAt" as "joinedAt",
      o.id as "workspaceId", o.name as "workspaceName", o.slug as "workspaceSlug"
    from member m
    join "user" u on u.id = m."userId"
    join organization o on o.id = m."organizationId"
    where ${where}
    order by m."createdAt", m.id`;
  // A role that nobody knows counts as the least one.
  return rows.map((row) => ({ ...row, role: roleSchema.catch('viewer').parse(row.role) }));
}

/** Memberships of a person, oldest first. */
export function membershipsOf(db: Db, userId: string): Promise<Membership[]> {
  return memberships(db, Types.sql`m."userId" = ${userId}`);
}

/** The membership of a person in a workspace, given by its id or its slug. */
export async function membershipIn(
  db: Db,
  userId: string,
  idOrSlug: string,
): Promise<Membership | undefined> {
  const rows = await memberships(
    db,
    Types.sql`m."userId" = ${userId} and (o.id = ${idOrSlug} or o.slug = ${idOrSlug})`,
  );
  return rows.find((each) => each.workspaceId === idOrSlug) ?? rows[0];
}

/** The workspace that a new session opens in: the one joined first. */
export async function firstWorkspaceOf(db: Db, userId: string): Promise<string | null> {
  const row = await db.member.findFirst({
    where: { userId },
    orderBy: [{ createdAt: 'asc' }, { id: 'asc' }],
  });
  return row?.organizationId ?? null;
}

/** Members of a workspace, oldest first. */
export function membersOf(db: Db, workspaceId: string) {
  return memberships(db, Types.sql`o.id = ${workspaceId}`);
}

/** How many owners a workspace has. */
export function ownersOf(db: Db, workspaceId: string): Promise<number> {
  return db.member.count({ where: { organizationId: workspaceId, role: 'owner' } });
}

export async function setRole(
  db: Db,
  workspaceId: string,
  userId: string,
  role: Role,
): Promise<void> {
  await db.member.updateMany({ where: { organizationId: workspaceId, userId }, data: { role } });
}

export async function deleteMember(db: Db, workspaceId: string, userId: string): Promise<void> {
  await db.member.deleteMany({ where: { organizationId: workspaceId, userId } });
}

/**
 * Holds the workspace's row until the transaction ends, so that changes of its members come one after another:
 * two owners who demote each other at once cannot leave none.
 */
export async function lockWorkspace(db: Db, workspaceId: string): Promise<void> {
  await db.$queryRaw`select id from organization where id = ${workspaceId} for update`;
}

/** Holds a person's row until the transaction ends: what is counted of them cannot grow meanwhile. */
export async function lockPerson(db: Db, userId: string): Promise<void> {
  await db.$queryRaw`select id from "user" where id = ${userId} for update`;
}

/** How many workspaces a person owns. */
export function ownedBy(db: Db, userId: string): Promise<number> {
  return db.member.count({ where: { userId, role: 'owner' } });
}

/** Waits for every other transaction that sets up the first account. */
export async function lockSetUp(db: Db): Promise<void> {
  await db.$queryRaw`select pg_advisory_xact_lock(72707370)::text`;
}

export async function anyUser(db: Db): Promise<boolean> {
  return (await db.user.findFirst({ select: { id: true } })) !== null;
}

/** The account of an e-mail in lower case. */
export function findUserByEmail(db: Db, email: string) {
  return db.user.findUnique({ where: { email } });
}

export async function tourOf(db: Db, userId: string): Promise<unknown> {
  return (await db.user.findUnique({ where: { id: userId }, select: { tour: true } }))?.tour;
}

export async function storeTour(db: Db, userId: string, tour: Tour): Promise<void> {
  await db.user.update({ where: { id: userId }, data: { tour } });
}

export async function setActiveWorkspace(
  db: Db,
  sessionId: string,
  workspaceId: string,
): Promise<void> {
  await db.session.updateMany({
    where: { id: sessionId },
    data: { activeOrganizationId: workspaceId },
  });
}

export async function slugTaken(db: Db, slug: string): Promise<boolean> {
  return (await db.organization.findUnique({ where: { slug } })) !== null;
}

export async function setWorkspaceName(db: Db, id: string, name: string): Promise<void> {
  await db.organization.update({ where: { id }, data: { name } });
}

/**
 * Inserts a person who signs in by e-mail and password; the hash is better-auth's. `verified` says that the e-mail is
 * theirs, which a link that somebody handed over does not. Returns the new id.
 */
export async function insertUser(
  db: Db,
  user: { name: string; email: string; passwordHash: string; verified: boolean },
): Promise<string> {
  const id = randomUUID();
  const { name, email, verified } = user;
  await db.user.create({ data: { id, name, email, emailVerified: verified } });
  await db.account.create({
    data: {
      id: randomUUID(),
      accountId: id,
      providerId: 'credential',
      userId: id,
      password: user.passwordHash,
    },
  });
  return id;
}

/** Inserts a workspace with its first owner. `slug` must be free. Returns the new id. */
export async function insertWorkspace(
  db: Db,
  workspace: { name: string; slug: string; ownerId: string },
): Promise<string> {
  const id = randomUUID();
  await db.organization.create({ data: { id, name: workspace.name, slug: workspace.slug } });
  await insertMember(db, { workspaceId: id, userId: workspace.ownerId, role: 'owner' });
  return id;
}

export async function insertMember(
  db: Db,
  member: { workspaceId: string; userId: string; role: Role },
): Promise<void> {
  await db.member.create({
    data: {
      id: randomUUID(),
      organizationId: member.workspaceId,
      userId: member.userId,
      role: member.role,
    },
  });
}

export async function setPersonName(db: Db, userId: string, name: string): Promise<void> {
  await db.user.update({ where: { id: userId }, data: { name } });
}

/** Sessions of a person that are still good, the last used first. */
export function sessionsOf(db: Db, userId: string) {
  return db.session.findMany({
    where: { userId, expiresAt: { gt: new Date() } },
    orderBy: [{ updatedAt: 'desc' }, { id: 'asc' }],
    take: 100,
  });
}

/** Ends those of a person's sessions; how many there were. */
export async function deleteSessions(
  db: Db,
  userId: string,
  where: Types.SessionWhereInput,
): Promise<number> {
  return (await db.session.deleteMany({ where: { ...where, userId } })).count;
}

export async function usesTwoFactor(db: Db, userId: string): Promise<boolean> {
  return (await twoFactorAmong(db, [userId])).has(userId);
}

/** Those of the people whose sign-in asks for a code. */
export async function twoFactorAmong(db: Db, userIds: readonly string[]): Promise<Set<string>> {
  const rows = await db.user.findMany({
    where: { id: { in: [...userIds] }, twoFactorEnabled: true },
    select: { id: true },
  });
  return new Set(rows.map(({ id }) => id));
}

/** Who did what to which thing. */
export type AuditRow = {
  workspaceId: string;
  actorId: string | null;
  /** `noun.verbed`, e.g. `member.removed`. */
  action: string;
  subjectType: string;
  subjectId: string;
  detail?: Record<string, string | number | boolean | null>;
};

/** Adds to the audit trail, in the transaction of the change that it tells of. Never put secrets in it. */
export async function insertAudit(db: Db, row: AuditRow): Promise<void> {
  await db.audit.create({ data: { ...row, detail: row.detail ?? {} } });
}

/** Rows of the trail, newest first, before an id. */
export function auditOf(db: Db, workspaceId: string, limit: number, before: bigint | undefined) {
  return db.audit.findMany({
    where: { workspaceId, ...(before === undefined ? {} : { id: { lt: before } }) },
    orderBy: { id: 'desc' },
    take: limit,
  });
}
