import * as contracts from '@/lib/spending/contract';
import { handle } from '@/server/http/handle';
import { route } from '@/server/http/route';
import { listBudgetEntries } from '@/server/spending/calls/list-entries';

export const { GET, POST, PUT, PATCH, DELETE } = route({
  GET: handle(contracts.listBudgetEntries, listBudgetEntries),
});
