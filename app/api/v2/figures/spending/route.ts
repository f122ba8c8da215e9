import * as contracts from '@/lib/spending/contract';
import { handle } from '@/server/http/handle';
import { route } from '@/server/http/route';
import { spendingByDay } from '@/server/spending/calls/spending-by-day';

export const { GET, POST, PUT, PATCH, DELETE } = route({
  GET: handle(contracts.spendingByDay, spendingByDay),
});
