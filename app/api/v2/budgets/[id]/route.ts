import * as contracts from '@/lib/spending/contract';
import { handle } from '@/server/http/handle';
import { route } from '@/server/http/route';
import { deleteBudget } from '@/server/spending/budgets/delete-budget';
import { getBudget } from '@/server/spending/budgets/get-budget';
import { updateBudget } from '@/server/spending/budgets/update-budget';

export const { GET, POST, PUT, PATCH, DELETE } = route({
  GET: handle(contracts.getBudget, getBudget),
  PATCH: handle(contracts.updateBudget, updateBudget),
  DELETE: handle(contracts.deleteBudget, deleteBudget),
});
