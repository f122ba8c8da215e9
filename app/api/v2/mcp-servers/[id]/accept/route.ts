import * as contracts from '@/lib/mcp/contract';
import { handle } from '@/server/http/handle';
import { route } from '@/server/http/route';
import { acceptMcpServer } from '@/server/mcp/accept-drift';

export const { GET, POST, PUT, PATCH, DELETE } = route({
  POST: handle(contracts.acceptMcpServer, acceptMcpServer),
});
