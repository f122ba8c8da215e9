import { AppError } from '@/lib/api/errors';
import type { Actor } from '@/lib/people/schema';
import type { Services } from '@/server/services';
import { findWorkflow, type WorkflowRow } from './store';

export function noWorkflow(): AppError {
  return new AppError('not_found', 'This workflow does not exist.');
}

/** A workflow of the actor's workspace. Throws `not_found` for any other. */
export async function requireWorkflow(
  { pool }: Pick<Services, 'pool'>,
  actor: Pick<Actor, 'workspaceId'>,
  id: string,
): Promise<WorkflowRow> {
  const row = await findWorkflow(pool, actor.workspaceId, id);
  if (!row) throw noWorkflow();
  return row;
}
