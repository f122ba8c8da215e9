import type { InputOf, ResultOf } from '@/lib/api/define-route';
import { AppError } from '@/lib/api/errors';
import type {
  acceptInvitation as acceptContract,
  createInvitation as createContract,
  getInvitation,
  listInvitations as listContract,
  revokeInvitation as revokeContract,
  signUp as signUpContract,
} from '@/lib/people/contract';
import type { Actor } from '@/lib/people/schema';
import type { Services } from '@/server/services';
import {
  closeInvitation,
  findOpenInvitation,
  type InvitationRow,
  idOfLink,
  insertInvitation,
  openInvitations,
} from './invitation-store';
import type { Caller } from './read-actor';
import {
  type Db,
  findUserByEmail,
  insertAudit,
  insertMember,
  insertUser,
  lockWorkspace,
  membershipIn,
  membersOf,
  setActiveWorkspace,
} from './store';
import { cutOff, mayReplace } from './unverified';

const validMs = 7 * 86_400_000;

export async function listInvitations(
  services: Services,
  actor: Actor,
): Promise<ResultOf<typeof listContract>> {
  const rows = await openInvitations(services.prisma, actor.workspaceId);
  return { items: rows.map(toInvitation) };
}

/** Invites an e-mail; the answer's link is to be handed over by the inviter. Throws `conflict` for a member. */
export async function createInvitation(
  services: Services,
  actor: Actor,
  { body }: InputOf<typeof createContract>,
): Promise<ResultOf<typeof createContract>> {
  const row = await services.prisma.$transaction(async (tx) => {
    await lockWorkspace(tx, actor.workspaceId);
    const members = await membersOf(tx, actor.workspaceId);
    if (members.some((member) => member.email === body.email)) {
      throw new AppError('conflict', `${body.email} is already a member.`);
    }
    const made = await insertInvitation(tx, {
      workspaceId: actor.workspaceId,
      email: body.email,
      role: body.role,
      inviterId: actor.userId,
      expiresAt: new Date(Date.now() + validMs),
    });
    await audit(tx, made, actor.userId, 'invitation.created');
    return made;
  });
  const url = `${services.config.url}/invite/${row.secret}`;
  return { ...toInvitation(row), id: row.secret, url };
}

/** Takes back an open invitation of the workspace, by its id in the list or by its link's. Throws `not_found`. */
export async function revokeInvitation(
  services: Services,
  actor: Actor,
  { params }: InputOf<typeof revokeContract>,
): Promise<ResultOf<typeof revokeContract>> {
  await services.prisma.$transaction(async (tx) => {
    const row =
      (await findOpenInvitation(tx, params.id)) ??
      (await findOpenInvitation(tx, idOfLink(params.id)));
    if (row?.workspaceId !== actor.workspaceId) throw noInvitation();
    if (!(await closeInvitation(tx, row.id, 'canceled'))) throw noInvitation();
    await audit(tx, row, actor.userId, 'invitation.revoked');
  });
  return { id: params.id };
}

/** What the holder of a link may see of its invitation. Throws `not_found`. */
export async function readInvitation(
  services: Services,
  { params }: InputOf<typeof getInvitation>,
): Promise<ResultOf<typeof getInvitation>> {
  const row = await findOpenInvitation(services.prisma, idOfLink(params.id));
  if (!row) throw noInvitation();
  const { workspaceName, email, role, invitedBy } = row;
  const account = await findUserByEmail(services.prisma, email);
  const hasAccount =
    account !== null && !(await mayReplace(services.prisma, account, row.inviterId));
  return {
    workspaceName,
    email,
    role,
    invitedBy,
    expiresAt: row.expiresAt.toISOString(),
    hasAccount,
  };
}

/** Joins the caller, whose e-mail must be the invited one, and switches the session. Works once. */
export async function acceptInvitation(
  services: Services,
  caller: Caller,
  { params }: InputOf<typeof acceptContract>,
): Promise<ResultOf<typeof acceptContract>> {
  if (caller.by === 'key') throw new AppError('forbidden', 'Sign in to accept an invitation.');
  const { userId, email } = caller.person;
  return services.prisma.$transaction(async (tx) => {
    const row = await findOpenInvitation(tx, idOfLink(params.id));
    if (!row) throw noInvitation();
    if (row.email !== email.toLowerCase()) {
      throw new AppError(
        'forbidden',
        `This invitation is for ${row.email}. Sign out, then open the link again.`,
      );
    }
    await join(tx, row, userId);
    await setActiveWorkspace(tx, caller.session.sessionId, row.workspaceId);
    return workspaceOf(row);
  });
}

/**
 * Makes the account of an invited e-mail and joins it to the workspace, in one transaction. Holding the link proves
 * the invitation, but not that the e-mail is theirs: the account is unverified. Throws `not_found` for a used or old
 * link, `conflict` when the e-mail has an account that this invitation may not replace.
 */
export async function signUp(
  services: Services,
  { params, body }: InputOf<typeof signUpContract>,
): Promise<ResultOf<typeof signUpContract>> {
  if (!(await findOpenInvitation(services.prisma, idOfLink(params.id)))) throw noInvitation();
  const passwordHash = await services.passwords.hash(body.password);
  return services.prisma.$transaction(async (tx) => {
    const row = await findOpenInvitation(tx, idOfLink(params.id));
    if (!row) throw noInvitation();
    await lockWorkspace(tx, row.workspaceId);
    const account = await findUserByEmail(tx, row.email);
    if (account && !(await mayReplace(tx, account, row.inviterId))) {
      throw new AppError('conflict', 'This email already has an account. Sign in to accept.');
    }
    if (account) {
      await cutOff(tx, account.id);
      await audit(tx, row, row.inviterId, 'invitation.replaced-account');
    }
    const id = await insertUser(tx, {
      name: body.name,
      email: row.email,
      passwordHash,
      verified: false,
    });
    await join(tx, row, id);
    return { user: { id, name: body.name, email: row.email }, workspace: workspaceOf(row) };
  });
}

/** Marks the invitation used and inserts the member; a member of old keeps the role. */
async function join(tx: Db, row: InvitationRow, userId: string): Promise<void> {
  if (!(await closeInvitation(tx, row.id, 'accepted'))) throw noInvitation();
  if (await membershipIn(tx, userId, row.workspaceId)) return;
  await insertMember(tx, { workspaceId: row.workspaceId, userId, role: row.role });
  await audit(tx, row, userId, 'invitation.accepted');
}

function audit(tx: Db, row: InvitationRow, actorId: string, action: string): Promise<void> {
  return insertAudit(tx, {
    workspaceId: row.workspaceId,
    actorId,
    action,
    subjectType: 'invitation',
    // An invitation is known to people by whom it is for.
    subjectId: row.email,
    detail: { role: row.role },
  });
}

function workspaceOf(row: InvitationRow): ResultOf<typeof acceptContract> {
  const { workspaceId: id, workspaceName: name, workspaceSlug: slug, role } = row;
  return { id, name, slug, role };
}

function toInvitation(row: InvitationRow): ResultOf<typeof listContract>['items'][number] {
  const { id, email, role, invitedBy } = row;
  return {
    id,
    email,
    role,
    invitedBy,
    createdAt: row.createdAt.toISOString(),
    expiresAt: row.expiresAt.toISOString(),
  };
}

function noInvitation(): AppError {
  return new AppError(
    'not_found',
    'This invitation was used, revoked or is older than seven days. Ask for a new link.',
  );
}
