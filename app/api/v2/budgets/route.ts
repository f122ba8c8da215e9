import * as contracts from '@/lib/spending/contract';
import { handle } from '@/server/http/handle';
import { route } from '@/server/http/route';
import { createBudget } from '@/server/spending/budgets/create-budget';
import { listBudgets } from '@/server/spending/budgets/list-budgets';

export const { GET, POST, PUT, PATCH, DELETE } = route({
  GET: handle(contracts.listBudgets, listBudgets),
  POST: handle(contracts.createBudget, createBudget),
});
