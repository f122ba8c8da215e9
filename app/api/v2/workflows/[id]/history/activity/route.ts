import * as contracts from '@/lib/history/contract';
import { handle } from '@/server/http/handle';
import { route } from '@/server/http/route';
import { listActivity } from '@/server/workflows/history/list-activity';

export const { GET, POST, PUT, PATCH, DELETE } = route({
  GET: handle(contracts.listActivity, listActivity),
});
