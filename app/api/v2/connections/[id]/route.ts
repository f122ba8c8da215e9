import * as contracts from '@/lib/connections/contract';
import { deleteConnection } from '@/server/connections/delete-connection';
import { getConnection } from '@/server/connections/get-connection';
import { updateConnection } from '@/server/connections/update-connection';
import { handle } from '@/server/http/handle';
import { route } from '@/server/http/route';

export const { GET, POST, PUT, PATCH, DELETE } = route({
  GET: handle(contracts.getConnection, getConnection),
  PATCH: handle(contracts.updateConnection, updateConnection),
  DELETE: handle(contracts.deleteConnection, deleteConnection),
});
