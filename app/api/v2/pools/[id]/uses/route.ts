import * as contracts from '@/lib/messages/pool-contract';
import { handle } from '@/server/http/handle';
import { route } from '@/server/http/route';
import { getPoolUses } from '@/server/messages/pools/delete-pool';

export const { GET, POST, PUT, PATCH, DELETE } = route({
  GET: handle(contracts.getPoolUses, getPoolUses),
});
