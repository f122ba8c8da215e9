import * as contracts from '@/lib/data-tables/contract';
import { createTable } from '@/server/data-tables/create-table';
import { listTables } from '@/server/data-tables/list-tables';
import { handle } from '@/server/http/handle';
import { route } from '@/server/http/route';

export const { GET, POST, PUT, PATCH, DELETE } = route({
  GET: handle(contracts.listTables, listTables),
  POST: handle(contracts.createTable, createTable),
});
