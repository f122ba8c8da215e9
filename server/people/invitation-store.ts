import { createHash, randomBytes } from 'node:crypto';
import { type Role, roleSchema } from '@/lib/people/schema';
import type { Prisma as Types } from '@/server/db/generated/client';
import type { Db } from './store';

const both = { organization: true, inviter: true } as const;
type Row = Types.InvitationGetPayload<{ include: typeof both }>;

function toInvitation(row: Row) {
  return {
    id: row.id,
    workspaceId: row.organizationId,
    workspaceName: row.organization.name,
    workspaceSlug: row.organization.slug,
    email: row.email,
    role: roleSchema.catch('viewer').parse(row.role),
    inviterId: row.inviterId,
    invitedBy: row.inviter.name,
    createdAt: row.createdAt,
    expiresAt: row.expiresAt,
  };
}
export type InvitationRow = ReturnType<typeof toInvitation>;

/**
 * The id of the invitation that a link is for. Rows hold no link: who reads the database, or a copy of it, can accept
 * nothing.
 */
export const idOfLink = (secret: string): string =>
  createHash('sha256').update(secret).digest('hex');

/** An invitation that can still be accepted, by its id: see {@link idOfLink}. */
export async function findOpenInvitation(db: Db, id: string): Promise<InvitationRow | undefined> {
  const row = await db.invitation.findFirst({
    where: { id, status: 'pending', expiresAt: { gt: new Date() } },
    include: both,
  });
  return row ? toInvitation(row) : undefined;
}

/** Invitations of a workspace that can still be accepted, newest first. */
export async function openInvitations(db: Db, workspaceId: string): Promise<InvitationRow[]> {
  const rows = await db.invitation.findMany({
    where: { organizationId: workspaceId, status: 'pending', expiresAt: { gt: new Date() } },
    include: both,
    orderBy: [{ createdAt: 'desc' }, { id: 'asc' }],
  });
  return rows.map(toInvitation);
}

/** Inserts an invitation; open ones of the same e-mail to the same workspace end. The secret of its link is told once. */
export async function insertInvitation(
  db: Db,
  given: { workspaceId: string; email: string; role: Role; inviterId: string; expiresAt: Date },
): Promise<InvitationRow & { secret: string }> {
  await db.invitation.updateMany({
    where: { organizationId: given.workspaceId, email: given.email, status: 'pending' },
    data: { status: 'canceled' },
  });
  const secret = randomBytes(24).toString('base64url');
  const row = await db.invitation.create({
    data: {
      id: idOfLink(secret),
      organizationId: given.workspaceId,
      email: given.email,
      role: given.role,
      inviterId: given.inviterId,
      expiresAt: given.expiresAt,
    },
    include: both,
  });
  return { ...toInvitation(row), secret };
}

/** Ends an open invitation, once: false when somebody else did so before. Statuses are better-auth's words. */
export async function closeInvitation(
  db: Db,
  id: string,
  status: 'accepted' | 'canceled',
): Promise<boolean> {
  const done = await db.invitation.updateMany({
    where: { id, status: 'pending' },
    data: { status },
  });
  return done.count === 1;
}
