import * as contracts from '@/lib/triggers/contract';
import { handle } from '@/server/http/handle';
import { route } from '@/server/http/route';
import { showAddress } from '@/server/triggers/show-address';

export const { GET, POST, PUT, PATCH, DELETE } = route({
  POST: handle(contracts.showAddress, showAddress),
});
