import { AppError } from '@/lib/api/errors';
import type { Actor } from '@/lib/people/schema';
import { findMembership } from '@/server/people/find-membership';
import type { Services } from '@/server/services';
import { requireWorkflow } from '@/server/workflows/require-workflow';

type Allowed = {
  allowedWorkflowIds?: readonly string[] | null | undefined;
  allowedUserIds?: readonly string[] | null | undefined;
};

/** Refuses workflows and people that are not of the actor's workspace: `invalid_input`. */
export async function checkAllowed(
  services: Pick<Services, 'pool' | 'prisma'>,
  actor: Actor,
  { allowedWorkflowIds, allowedUserIds }: Allowed,
): Promise<void> {
  for (const id of allowedWorkflowIds ?? []) {
    await requireWorkflow(services, actor, id).catch((error: unknown) => {
      if (!AppError.isInstance(error) || error.code !== 'not_found') throw error;
      throw new AppError('invalid_input', `allowedWorkflowIds: there is no workflow ${id}.`);
    });
  }
  for (const id of allowedUserIds ?? []) {
    const member = await findMembership(services, id, actor.workspaceId);
    if (member?.workspaceId !== actor.workspaceId) {
      throw new AppError('invalid_input', `allowedUserIds: ${id} is no member of this workspace.`);
    }
  }
}
