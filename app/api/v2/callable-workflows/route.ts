import * as contracts from '@/lib/workflows/contract';
import { handle } from '@/server/http/handle';
import { route } from '@/server/http/route';
import { listCallable } from '@/server/workflows/list-callable';

export const { GET, POST, PUT, PATCH, DELETE } = route({
  GET: handle(contracts.listCallable, listCallable),
});
