import * as contracts from '@/lib/messages/pool-contract';
import { handle } from '@/server/http/handle';
import { route } from '@/server/http/route';
import { createPool, listPools } from '@/server/messages/pools/pools';

export const { GET, POST, PUT, PATCH, DELETE } = route({
  GET: handle(contracts.listPools, listPools),
  POST: handle(contracts.createPool, createPool),
});
