import * as contracts from '@/lib/search/contract';
import { handle } from '@/server/http/handle';
import { route } from '@/server/http/route';
import { search } from '@/server/search/search';

export const { GET, POST, PUT, PATCH, DELETE } = route({
  GET: handle(contracts.search, search),
});
