import * as contracts from '@/lib/connections/contract';
import { getConnectionUses } from '@/server/connections/get-uses';
import { handle } from '@/server/http/handle';
import { route } from '@/server/http/route';

export const { GET, POST, PUT, PATCH, DELETE } = route({
  GET: handle(contracts.getConnectionUses, getConnectionUses),
});
