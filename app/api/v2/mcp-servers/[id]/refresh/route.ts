import * as contracts from '@/lib/mcp/contract';
import { handle } from '@/server/http/handle';
import { route } from '@/server/http/route';
import { refreshMcpServer } from '@/server/mcp/refresh-server';

export const { GET, POST, PUT, PATCH, DELETE } = route({
  POST: handle(contracts.refreshMcpServer, refreshMcpServer),
});
