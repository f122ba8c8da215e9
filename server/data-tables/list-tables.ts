import type { InputOf, ResultOf } from '@/lib/api/define-route';
import type { listTables as contract } from '@/lib/data-tables/contract';
import type { Actor } from '@/lib/people/schema';
import type { Services } from '@/server/services';
import { tablesOf } from './store';
import { viewTable } from './view';

/** All tables of the workspace by name: their number is limited. */
export async function listTables(
  { pool }: Pick<Services, 'pool'>,
  { workspaceId }: Actor,
  _input: InputOf<typeof contract>,
): Promise<ResultOf<typeof contract>> {
  return { items: (await tablesOf(pool, workspaceId)).map(viewTable) };
}
