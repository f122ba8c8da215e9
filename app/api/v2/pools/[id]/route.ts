import * as contracts from '@/lib/messages/pool-contract';
import { handle } from '@/server/http/handle';
import { route } from '@/server/http/route';
import { updatePool } from '@/server/messages/pools/pools';

export const { GET, POST, PUT, PATCH, DELETE } = route({
  PATCH: handle(contracts.updatePool, updatePool),
});
