import { AppError } from '@/lib/api/errors';
import type { Actor } from '@/lib/people/schema';
import type { Services } from '@/server/services';
import { requireWorkflow } from '@/server/workflows/require-workflow';

/** Refuses workflows that are not of the actor's workspace: `invalid_input`. */
export async function checkAllowed(
  services: Pick<Services, 'pool'>,
  actor: Actor,
  ids: readonly string[] | null | undefined,
): Promise<void> {
  for (const id of ids ?? []) {
    await requireWorkflow(services, actor, id).catch((error: unknown) => {
      if (!AppError.isInstance(error) || error.code !== 'not_found') throw error;
      throw new AppError('invalid_input', `allowedWorkflowIds: there is no workflow ${id}.`);
    });
  }
}
