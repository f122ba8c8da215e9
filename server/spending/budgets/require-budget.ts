import type { Pool, PoolClient } from 'pg';
import { AppError } from '@/lib/api/errors';
import type { Budget } from '@/lib/spending/contract';
import { readBudgets, viewBudget } from './store';

/** One budget of a workspace. Throws `not_found` for any other. */
export async function requireBudget(
  db: Pool | PoolClient,
  workspaceId: string,
  id: string,
): Promise<Budget> {
  const [row] = await readBudgets(db, workspaceId, id);
  if (row === undefined) throw new AppError('not_found', 'This budget does not exist.');
  return viewBudget(row);
}
