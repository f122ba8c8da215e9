import * as contracts from '@/lib/connections/contract';
import { createConnection } from '@/server/connections/create-connection';
import { listConnections } from '@/server/connections/list-connections';
import { handle } from '@/server/http/handle';
import { route } from '@/server/http/route';

export const { GET, POST, PUT, PATCH, DELETE } = route({
  GET: handle(contracts.listConnections, listConnections),
  POST: handle(contracts.createConnection, createConnection),
});
