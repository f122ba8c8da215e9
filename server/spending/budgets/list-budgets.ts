import type { InputOf, ResultOf } from '@/lib/api/define-route';
import type { Actor } from '@/lib/people/schema';
import type { listBudgets as contract } from '@/lib/spending/contract';
import type { Services } from '@/server/services';
import { readBudgets, viewBudget } from './store';

/** All budgets: their number is limited. */
export async function listBudgets(
  { pool }: Pick<Services, 'pool'>,
  { workspaceId }: Actor,
  _input: InputOf<typeof contract>,
): Promise<ResultOf<typeof contract>> {
  return { items: (await readBudgets(pool, workspaceId)).map(viewBudget) };
}
