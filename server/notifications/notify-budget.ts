import type { PoolClient } from 'pg';
import { isAtLeast } from '@/lib/people/can';
import { roles as allRoles } from '@/lib/people/schema';
import { insertAboutBudget } from './store';

const lookAfterBudgets = allRoles.filter((role) => isAtLeast(role, 'admin'));

/**
 * Tells those who look after budgets that one passed its soft mark, and the person whose budget it is; in the transaction
 * that notes it, so once for each time. Answers with whom.
 */
export function notifyBudget(
  client: PoolClient,
  about: { workspaceId: string; budgetId: string; text: string; person?: string },
): Promise<string[]> {
  return insertAboutBudget(client, { ...about, roles: lookAfterBudgets });
}
