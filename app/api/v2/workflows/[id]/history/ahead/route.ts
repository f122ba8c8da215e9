import * as contracts from '@/lib/history/contract';
import { handle } from '@/server/http/handle';
import { route } from '@/server/http/route';
import { getAhead } from '@/server/workflows/history/get-ahead';

export const { GET, POST, PUT, PATCH, DELETE } = route({
  GET: handle(contracts.getAhead, getAhead),
});
