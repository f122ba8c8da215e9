import { randomBytes } from 'node:crypto';
import type { InputOf, ResultOf } from '@/lib/api/define-route';
import { AppError } from '@/lib/api/errors';
import type {
  createWorkspace as createContract,
  getMe,
  getWorkspace,
  renameWorkspace as renameContract,
  switchWorkspace as switchContract,
} from '@/lib/people/contract';
import type { Actor } from '@/lib/people/schema';
import { slugOf } from '@/lib/people/slug';
import {
  laterTour,
  type setTour as setTourContract,
  type Tour,
  tourSchema,
} from '@/lib/people/tour';
import type { Services } from '@/server/services';
import { takeTurns } from './rate-limit';
import { actorOf, type Caller } from './read-actor';
import { seed } from './set-up-owner';
import {
  insertAudit,
  insertWorkspace,
  lockPerson,
  type Membership,
  membershipIn,
  membershipsOf,
  ownedBy,
  setActiveWorkspace,
  setWorkspaceName,
  slugTaken,
  storeTour,
  tourOf,
} from './store';

export function toWorkspace(membership: Membership): ResultOf<typeof getWorkspace> {
  const { workspaceId: id, workspaceName: name, workspaceSlug: slug, role } = membership;
  return { id, name, slug, role };
}

/** The caller with all workspaces; `workspace` is the one that requests without `x-workspace` go to. */
export async function readMe(
  services: Services,
  caller: Caller,
  request: Request,
): Promise<ResultOf<typeof getMe>> {
  const { userId, name, email } = caller.person;
  const all = (await membershipsOf(services.prisma, userId)).filter(
    (each) => caller.by === 'session' || each.workspaceId === caller.workspaceId,
  );
  const workspaces = all.map(toWorkspace);
  const current =
    workspaces.length === 0
      ? null
      : await actorOf(services, caller, request.headers.get('x-workspace'));
  return {
    user: { id: userId, name, email },
    workspace: workspaces.find((each) => each.id === current?.workspaceId) ?? null,
    workspaces,
  };
}

/** Workspaces that one person makes a minute: each brings samples, and a budget of runs of its own. */
const perMinute = 5;

/**
 * Makes a workspace with samples, owned by the caller, and switches the session to it. Throws `conflict` for who owns as
 * many as one person may, `too_many_requests` for who makes them one after another.
 */
export async function createWorkspace(
  services: Services,
  caller: Caller,
  { body }: InputOf<typeof createContract>,
): Promise<ResultOf<typeof createContract>> {
  if (caller.by === 'key') {
    throw new AppError(
      'forbidden',
      'An API key belongs to one workspace. Sign in to create another one.',
    );
  }
  const { userId } = caller.person;
  const turn = await takeTurns(services.prisma, [{ key: `workspace|${userId}`, most: perMinute }]);
  if (!turn.ok) {
    throw new AppError('too_many_requests', 'You created many workspaces at once. Wait a minute.', {
      retryAfter: turn.secondsLeft,
    });
  }
  const most = services.config.workspacesPerPerson;
  const made = await services.prisma.$transaction(async (tx) => {
    await lockPerson(tx, userId);
    if ((await ownedBy(tx, userId)) >= most) {
      throw new AppError(
        'conflict',
        `You own ${most} workspaces, the limit per person. The operator can raise it (ENSEMBLE_MAX_WORKSPACES).`,
      );
    }
    const plain = slugOf(body.name);
    const slug = (await slugTaken(tx, plain))
      ? slugOf(body.name, randomBytes(3).toString('hex'))
      : plain;
    const id = await insertWorkspace(tx, { name: body.name, slug, ownerId: userId });
    await setActiveWorkspace(tx, caller.session.sessionId, id);
    await insertAudit(tx, {
      workspaceId: id,
      actorId: userId,
      action: 'workspace.created',
      subjectType: 'workspace',
      subjectId: id,
      detail: { name: body.name },
    });
    return { id, slug };
  });
  await seed(services, made.id, userId);
  return { ...made, name: body.name, role: 'owner' };
}

/** Makes one of the caller's workspaces (id or slug) the session's current one. Throws `not_found`. */
export async function switchWorkspace(
  services: Services,
  caller: Caller,
  { params }: InputOf<typeof switchContract>,
): Promise<ResultOf<typeof switchContract>> {
  if (caller.by === 'key') {
    throw new AppError('forbidden', 'An API key belongs to one workspace and cannot switch.');
  }
  const found = await membershipIn(services.prisma, caller.person.userId, params.id);
  if (!found)
    throw new AppError('not_found', 'This workspace does not exist, or you are not a member.');
  await setActiveWorkspace(services.prisma, caller.session.sessionId, found.workspaceId);
  return toWorkspace(found);
}

export async function readWorkspace(
  services: Services,
  actor: Actor,
): Promise<ResultOf<typeof getWorkspace>> {
  const found = await membershipIn(services.prisma, actor.userId, actor.workspaceId);
  if (!found) throw new AppError('not_found', 'This workspace does not exist.');
  return toWorkspace(found);
}

/** Gives the workspace another name; its slug stays, so that programs go on finding it. */
export async function renameWorkspace(
  services: Services,
  actor: Actor,
  { body }: InputOf<typeof renameContract>,
): Promise<ResultOf<typeof renameContract>> {
  await services.prisma.$transaction(async (tx) => {
    await setWorkspaceName(tx, actor.workspaceId, body.name);
    await insertAudit(tx, {
      workspaceId: actor.workspaceId,
      actorId: actor.userId,
      action: 'workspace.renamed',
      subjectType: 'workspace',
      subjectId: actor.workspaceId,
      detail: { name: body.name },
    });
  });
  return readWorkspace(services, actor);
}

/** How far a person is in the first tour; null where it was never begun. */
export async function readTour(
  { prisma }: Pick<Services, 'prisma'>,
  userId: string,
): Promise<Tour | null> {
  return tourSchema.safeParse(await tourOf(prisma, userId)).data ?? null;
}

/** Keeps how far the caller is, and answers what counts now. */
export async function setTour(
  { prisma }: Pick<Services, 'prisma'>,
  caller: Caller,
  { body }: InputOf<typeof setTourContract>,
): Promise<ResultOf<typeof setTourContract>> {
  const { userId } = caller.person;
  return prisma.$transaction(async (tx) => {
    await lockPerson(tx, userId);
    const before = tourSchema.safeParse(await tourOf(tx, userId)).data ?? null;
    const tour = laterTour(before, body);
    await storeTour(tx, userId, tour);
    return tour;
  });
}
