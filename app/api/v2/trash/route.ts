import * as contracts from '@/lib/workflows/trash-contract';
import { handle } from '@/server/http/handle';
import { route } from '@/server/http/route';
import { listTrash } from '@/server/workflows/trash/list-trash';

export const { GET, POST, PUT, PATCH, DELETE } = route({
  GET: handle(contracts.listTrash, listTrash),
});
