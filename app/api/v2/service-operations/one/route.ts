import * as contracts from '@/lib/services/contract';
import { handle } from '@/server/http/handle';
import { route } from '@/server/http/route';
import { getOperation } from '@/server/openapi/find-operation';

export const { GET, POST, PUT, PATCH, DELETE } = route({
  GET: handle(contracts.getOperation, getOperation),
});
