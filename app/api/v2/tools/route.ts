import * as contracts from '@/lib/tools/contract';
import { handle } from '@/server/http/handle';
import { route } from '@/server/http/route';
import { listTools } from '@/server/tools/list-tools';

export const { GET, POST, PUT, PATCH, DELETE } = route({
  GET: handle(contracts.listTools, listTools),
});
