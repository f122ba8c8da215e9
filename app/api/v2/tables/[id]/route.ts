import * as contracts from '@/lib/data-tables/contract';
import { deleteTable } from '@/server/data-tables/delete-table';
import { getTable } from '@/server/data-tables/get-table';
import { updateTable } from '@/server/data-tables/update-table';
import { handle } from '@/server/http/handle';
import { route } from '@/server/http/route';

export const { GET, POST, PUT, PATCH, DELETE } = route({
  GET: handle(contracts.getTable, getTable),
  PATCH: handle(contracts.updateTable, updateTable),
  DELETE: handle(contracts.deleteTable, deleteTable),
});
