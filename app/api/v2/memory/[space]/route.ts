import * as contracts from '@/lib/memory/contract';
import { handle } from '@/server/http/handle';
import { route } from '@/server/http/route';
import { deleteSpace } from '@/server/memory/spaces/delete-space';

export const { GET, POST, PUT, PATCH, DELETE } = route({
  DELETE: handle(contracts.deleteSpace, deleteSpace),
});
