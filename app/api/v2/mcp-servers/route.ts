import * as contracts from '@/lib/mcp/contract';
import { handle } from '@/server/http/handle';
import { route } from '@/server/http/route';
import { createMcpServer } from '@/server/mcp/create-server';
import { listMcpServers } from '@/server/mcp/list-servers';

export const { GET, POST, PUT, PATCH, DELETE } = route({
  GET: handle(contracts.listMcpServers, listMcpServers),
  POST: handle(contracts.createMcpServer, createMcpServer),
});
