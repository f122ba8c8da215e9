import * as contracts from '@/lib/connections/contract';
import { listConnectionUses } from '@/server/connections/list-uses';
import { handle } from '@/server/http/handle';
import { route } from '@/server/http/route';

export const { GET, POST, PUT, PATCH, DELETE } = route({
  GET: handle(contracts.listConnectionUses, listConnectionUses),
});
