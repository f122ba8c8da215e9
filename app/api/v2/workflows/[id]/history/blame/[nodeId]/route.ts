import * as contracts from '@/lib/history/contract';
import { handle } from '@/server/http/handle';
import { route } from '@/server/http/route';
import { getBlame } from '@/server/workflows/history/get-blame';

export const { GET, POST, PUT, PATCH, DELETE } = route({
  GET: handle(contracts.getBlame, getBlame),
});
