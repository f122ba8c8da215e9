import * as contracts from '@/lib/tools/contract';
import { handle } from '@/server/http/handle';
import { route } from '@/server/http/route';
import { listTurns } from '@/server/tools/list-turns';

export const { GET, POST, PUT, PATCH, DELETE } = route({
  GET: handle(contracts.listTurns, listTurns),
});
