import * as contracts from '@/lib/messages/pool-contract';
import { handle } from '@/server/http/handle';
import { route } from '@/server/http/route';
import { deletePool } from '@/server/messages/pools/delete-pool';
import { updatePool } from '@/server/messages/pools/pools';

export const { GET, POST, PUT, PATCH, DELETE } = route({
  DELETE: handle(contracts.deletePool, deletePool),
  PATCH: handle(contracts.updatePool, updatePool),
});
