import * as contracts from '@/lib/spending/figures-contract';
import { handle } from '@/server/http/handle';
import { route } from '@/server/http/route';
import { spendingBySubject } from '@/server/spending/calls/spending-by-subject';

export const { GET, POST, PUT, PATCH, DELETE } = route({
  GET: handle(contracts.spendingBySubject, spendingBySubject),
});
