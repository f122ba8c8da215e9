import * as contracts from '@/lib/data-tables/contract';
import { deleteTableRow } from '@/server/data-tables/delete-row';
import { updateTableRow } from '@/server/data-tables/update-row';
import { handle } from '@/server/http/handle';
import { route } from '@/server/http/route';

export const { GET, POST, PUT, PATCH, DELETE } = route({
  PATCH: handle(contracts.updateTableRow, updateTableRow),
  DELETE: handle(contracts.deleteTableRow, deleteTableRow),
});
