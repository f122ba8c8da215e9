import type { InputOf, ResultOf } from '@/lib/api/define-route';
import { AppError } from '@/lib/api/errors';
import type { createOwner, getSetUp } from '@/lib/people/contract';
import { slugOf } from '@/lib/people/slug';
import type { Services } from '@/server/services';
import { seedWorkspace } from '@/server/workflows/sample';
import { anyUser, insertAudit, insertUser, insertWorkspace, lockSetUp } from './store';

/** Whether the first account is still to be made. */
export async function readSetUp(services: Services): Promise<ResultOf<typeof getSetUp>> {
  return { needed: !(await anyUser(services.prisma)) };
}

/**
 * Makes the first account with its workspace, exactly once, however many ask at the same moment and whatever is
 * killed: account and workspace are one transaction. Then fills the workspace with samples; if that fails, the
 * account stands and the failure is logged. Throws `conflict` when there is an account already.
 */
export async function setUpOwner(
  services: Services,
  { body }: Pick<InputOf<typeof createOwner>, 'body'>,
): Promise<ResultOf<typeof createOwner>> {
  if (await anyUser(services.prisma)) throw alreadyDone();
  const passwordHash = await services.passwords.hash(body.password);
  const made = await services.prisma.$transaction(async (tx) => {
    await lockSetUp(tx);
    if (await anyUser(tx)) throw alreadyDone();
    const userId = await insertUser(tx, {
      name: body.name,
      email: body.email,
      passwordHash,
      verified: true,
    });
    const slug = slugOf(body.workspaceName);
    const workspaceId = await insertWorkspace(tx, {
      name: body.workspaceName,
      slug,
      ownerId: userId,
    });
    await insertAudit(tx, {
      workspaceId,
      actorId: userId,
      action: 'workspace.created',
      subjectType: 'workspace',
      subjectId: workspaceId,
      detail: { name: body.workspaceName },
    });
    return { userId, workspaceId, slug };
  });
  await seed(services, made.workspaceId, made.userId);
  return {
    user: { id: made.userId, name: body.name, email: body.email },
    workspace: { id: made.workspaceId, name: body.workspaceName, slug: made.slug, role: 'owner' },
  };
}

/** Fills a new workspace with samples. A failure is logged and costs the samples, never the workspace. */
export async function seed(services: Services, workspaceId: string, userId: string): Promise<void> {
  try {
    await seedWorkspace(services, workspaceId, userId);
  } catch (error) {
    services.log.error(
      { err: error, workspaceId },
      'a new workspace could not be filled with samples',
    );
  }
}

function alreadyDone(): AppError {
  return new AppError(
    'conflict',
    'The first account already exists. Sign in or ask its owner for an invitation.',
  );
}
