import { AppError } from '@/lib/api/errors';
import type { Services } from '@/server/services';
import { type ConnectionRow, findSealed } from './store';

/** A connection of the workspace by its name, without its secret. Throws `invalid_input` where there is none. */
export async function requireNamed(
  { pool }: Pick<Services, 'pool'>,
  workspaceId: string,
  name: string,
): Promise<ConnectionRow> {
  const row = await findSealed(pool, workspaceId, { name });
  if (row !== undefined) return row;
  throw new AppError(
    'invalid_input',
    `connection: there is no connection "${name}" in this workspace.`,
  );
}
