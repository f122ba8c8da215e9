import { createHash, randomBytes, randomUUID } from 'node:crypto';
import type { InputOf, ResultOf } from '@/lib/api/define-route';
import { AppError } from '@/lib/api/errors';
import { isAtLeast } from '@/lib/people/can';
import {
  type createPasswordLink as createContract,
  type getPasswordLink as getContract,
  passwordLinkHours,
  type resetByLink as resetContract,
} from '@/lib/people/password-link';
import type { Actor } from '@/lib/people/schema';
import { addressOf } from '@/server/front/client';
import type { Services } from '@/server/services';
import { deleteAllKeysOf } from '../key-store';
import { takeTurns } from '../rate-limit';
import { type Db, insertAudit, lockWorkspace, membershipIn, membershipsOf } from '../store';

/** Rows hold no link: who reads the database, or a copy of it, can use none. */
const placeOf = (secret: string) =>
  `password-link:${createHash('sha256').update(secret).digest('hex')}`;

/**
 * Makes a link by which a member chooses a new password; an earlier one ends. An account is one for all workspaces, so nobody
 * gets into another one by it: who belongs to others, too, is for the operator (`npm run reset-password`). Throws
 * `not_found`, `forbidden`, `conflict` for oneself.
 */
export async function createPasswordLink(
  services: Services,
  actor: Actor,
  { params: { userId } }: InputOf<typeof createContract>,
): Promise<ResultOf<typeof createContract>> {
  if (userId === actor.userId) {
    throw new AppError('conflict', 'Change your own password in Settings → General.');
  }
  const secret = randomBytes(32).toString('base64url');
  const expiresAt = new Date(Date.now() + passwordLinkHours * 3_600_000);
  await services.prisma.$transaction(async (tx) => {
    await lockWorkspace(tx, actor.workspaceId);
    await refuse(tx, actor, userId);
    await tx.verification.deleteMany({ where: linksOf(userId) });
    await tx.verification.create({
      data: {
        id: randomUUID(),
        identifier: placeOf(secret),
        value: `${userId}|${actor.workspaceId}`,
        expiresAt,
      },
    });
    await insertAudit(tx, {
      workspaceId: actor.workspaceId,
      actorId: actor.userId,
      action: 'member.password-link-made',
      subjectType: 'member',
      subjectId: userId,
    });
  });
  return { url: `${services.config.url}/reset/${secret}`, expiresAt: expiresAt.toISOString() };
}

const linksOf = (userId: string) => ({
  identifier: { startsWith: 'password-link:' },
  value: { startsWith: `${userId}|` },
});

async function refuse(tx: Db, actor: Actor, userId: string): Promise<void> {
  const self = await membershipIn(tx, actor.userId, actor.workspaceId);
  const member = await membershipIn(tx, userId, actor.workspaceId);
  if (!member) throw new AppError('not_found', 'This person is not a member of this workspace.');
  const isAbove =
    self !== undefined && isAtLeast(self.role, 'admin') && !isAtLeast(member.role, self.role);
  if (!isAbove) {
    throw new AppError(
      'forbidden',
      'Only somebody with a higher role can make a link for a new password. For an owner, whoever runs the server can: npm run reset-password.',
    );
  }
  if ((await membershipsOf(tx, userId)).length > 1) {
    throw new AppError(
      'forbidden',
      `${member.name} belongs to other workspaces, too. Whoever runs the server can reset the password: npm run reset-password.`,
    );
  }
}

/** Whose password a link is for. Throws `not_found`. */
export async function readPasswordLink(
  services: Services,
  { params }: Pick<InputOf<typeof getContract>, 'params'>,
): Promise<ResultOf<typeof getContract>> {
  const { user } = await findLink(services.prisma, params.secret);
  return { name: user.name, email: user.email };
}

/**
 * Gives the account of a link a new password, once, and ends its sessions and API keys. Throws `not_found`,
 * `too_many_requests`.
 */
export async function resetByLink(
  services: Services,
  { params, body }: InputOf<typeof resetContract>,
  request: Pick<Request, 'headers'>,
): Promise<ResultOf<typeof resetContract>> {
  const key = `password-link|${addressOf(request.headers) ?? 'unknown'}`;
  const turns = await takeTurns(services.prisma, [{ key, most: 10 }]);
  if (!turns.ok) {
    throw new AppError('too_many_requests', 'Too many tries. Wait a moment, then try again.', {
      retryAfter: turns.secondsLeft,
    });
  }
  await findLink(services.prisma, params.secret);
  const hash = await services.passwords.hash(body.password);
  return services.prisma.$transaction(async (tx) => {
    const { user, workspaceId } = await findLink(tx, params.secret);
    // Who comes second finds none: the link works once.
    const { count } = await tx.verification.deleteMany({
      where: { identifier: placeOf(params.secret) },
    });
    if (count === 0) throw noLink();
    await tx.account.updateMany({
      where: { userId: user.id, providerId: 'credential' },
      data: { password: hash },
    });
    await tx.session.deleteMany({ where: { userId: user.id } });
    const keys = (await deleteAllKeysOf(tx, user.id)).length;
    await insertAudit(tx, {
      workspaceId,
      actorId: user.id,
      action: 'member.password-reset',
      subjectType: 'member',
      subjectId: user.id,
      detail: { keys },
    });
    return { email: user.email };
  });
}

async function findLink(db: Db, secret: string) {
  const row = await db.verification.findFirst({
    where: { identifier: placeOf(secret), expiresAt: { gt: new Date() } },
  });
  const [userId = '', workspaceId = ''] = row?.value.split('|') ?? [];
  // Whoever left the workspace, or joined another one, is none of its business any more.
  const all = row ? await membershipsOf(db, userId) : [];
  const user = row ? await db.user.findUnique({ where: { id: userId } }) : null;
  if (!user || all.length !== 1 || all[0]?.workspaceId !== workspaceId) throw noLink();
  return { user, workspaceId };
}

const noLink = () =>
  new AppError(
    'not_found',
    'This link was used, replaced or is older than a day. Ask for a new one.',
  );
