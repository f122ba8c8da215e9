import * as contracts from '@/lib/services/contract';
import { handle } from '@/server/http/handle';
import { route } from '@/server/http/route';
import { getServiceUses } from '@/server/openapi/get-uses';

export const { GET, POST, PUT, PATCH, DELETE } = route({
  GET: handle(contracts.getServiceUses, getServiceUses),
});
