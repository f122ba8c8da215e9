import * as contracts from '@/lib/services/contract';
import { handle } from '@/server/http/handle';
import { route } from '@/server/http/route';
import { searchOperations } from '@/server/openapi/search-operations';

export const { GET, POST, PUT, PATCH, DELETE } = route({
  GET: handle(contracts.searchOperations, searchOperations),
});
