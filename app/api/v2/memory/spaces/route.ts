import * as contracts from '@/lib/memory/contract';
import { handle } from '@/server/http/handle';
import { route } from '@/server/http/route';
import { createSpace } from '@/server/memory/spaces/create-space';
import { listSpaces } from '@/server/memory/spaces/list-spaces';

export const { GET, POST, PUT, PATCH, DELETE } = route({
  GET: handle(contracts.listSpaces, listSpaces),
  POST: handle(contracts.createSpace, createSpace),
});
