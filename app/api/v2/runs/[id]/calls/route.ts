import * as contracts from '@/lib/spending/contract';
import { handle } from '@/server/http/handle';
import { route } from '@/server/http/route';
import { listRunCalls } from '@/server/spending/calls/list-run-calls';

export const { GET, POST, PUT, PATCH, DELETE } = route({
  GET: handle(contracts.listRunCalls, listRunCalls),
});
