import * as contracts from '@/lib/models/contract';
import { handle } from '@/server/http/handle';
import { route } from '@/server/http/route';
import { listProviders } from '@/server/models/list-providers';

export const { GET, POST, PUT, PATCH, DELETE } = route({
  GET: handle(contracts.listProviders, listProviders),
});
