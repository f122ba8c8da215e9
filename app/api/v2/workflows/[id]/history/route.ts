import * as contracts from '@/lib/history/contract';
import { handle } from '@/server/http/handle';
import { route } from '@/server/http/route';
import { listHistory } from '@/server/workflows/history/list-history';

export const { GET, POST, PUT, PATCH, DELETE } = route({
  GET: handle(contracts.listHistory, listHistory),
});
