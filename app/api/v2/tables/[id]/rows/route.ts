import * as contracts from '@/lib/data-tables/contract';
import { addTableRows } from '@/server/data-tables/add-rows';
import { listTableRows } from '@/server/data-tables/list-rows';
import { handle } from '@/server/http/handle';
import { route } from '@/server/http/route';

export const { GET, POST, PUT, PATCH, DELETE } = route({
  GET: handle(contracts.listTableRows, listTableRows),
  POST: handle(contracts.addTableRows, addTableRows),
});
