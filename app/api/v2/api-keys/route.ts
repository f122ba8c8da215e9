import * as contracts from '@/lib/people/contract';
import { handle } from '@/server/http/handle';
import { route } from '@/server/http/route';
import { createApiKey, listApiKeys } from '@/server/people/api-keys';

export const { GET, POST, PUT, PATCH, DELETE } = route({
  GET: handle(contracts.listApiKeys, listApiKeys),
  POST: handle(contracts.createApiKey, createApiKey),
});
