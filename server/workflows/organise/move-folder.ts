import type { InputOf, ResultOf } from '@/lib/api/define-route';
import { AppError } from '@/lib/api/errors';
import type { Actor } from '@/lib/people/schema';
import type { moveFolder as contract } from '@/lib/workflows/organise/contract';
import { folderProblem, isWithin } from '@/lib/workflows/organise/folder';
import { transaction } from '@/server/db/transaction';
import type { Services } from '@/server/services';
import { holdWithin, moveWithin } from './store';

/**
 * Renames a folder, or moves it with all that is in and below it, also what lies in the trash. Throws `not_found` when
 * nothing is in it, `invalid_input` where it would lie in itself or too deep.
 */
export async function moveFolder(
  { pool, bus }: Pick<Services, 'pool' | 'bus'>,
  { workspaceId }: Actor,
  { body: { from, to } }: InputOf<typeof contract>,
): Promise<ResultOf<typeof contract>> {
  if (from !== to && isWithin(to, from)) {
    throw new AppError('invalid_input', 'A folder cannot be moved into itself.');
  }
  const moved = await transaction(pool, async (client) => {
    const folders = await holdWithin(client, workspaceId, from);
    if (folders.length === 0) throw new AppError('not_found', `There is no folder “${from}”.`);
    for (const folder of folders) {
      const problem = folderProblem(to + folder.slice(from.length));
      if (problem !== undefined) throw new AppError('invalid_input', `to: ${problem}`);
    }
    return moveWithin(client, workspaceId, from, to);
  });
  bus.publish(`workspace:${workspaceId}`, { kind: 'workflow', id: '' });
  return { folder: to, moved };
}
