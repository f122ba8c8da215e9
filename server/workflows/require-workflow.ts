import { AppError } from '@/lib/api/errors';
import type { Actor } from '@/lib/people/schema';
import { goesAt } from '@/lib/workflows/trash';
import type { Services } from '@/server/services';
import { findTrashed, findWorkflow, type Trashed, type WorkflowRow } from './store';

export function noWorkflow(): AppError {
  return new AppError('not_found', 'This workflow does not exist.');
}

function inTrash({ name, deletedAt, deletedBy }: Trashed): AppError {
  return new AppError('not_found', `The workflow “${name}” is in the trash. Restore it first.`, {
    trashed: {
      name,
      deletedAt: deletedAt.toISOString(),
      deletedBy,
      goesAt: new Date(goesAt(deletedAt.getTime())).toISOString(),
    },
  });
}

/** A workflow of the actor's workspace. Throws `not_found` for any other, and for one in the trash, which it says. */
export async function requireWorkflow(
  { pool }: Pick<Services, 'pool'>,
  actor: Pick<Actor, 'workspaceId'> & Partial<Pick<Actor, 'userId'>>,
  id: string,
): Promise<WorkflowRow> {
  const row = await findWorkflow(pool, actor.workspaceId, id, actor.userId);
  if (row) return row;
  const trashed = await findTrashed(pool, actor.workspaceId, id);
  throw trashed ? inTrash(trashed) : noWorkflow();
}
