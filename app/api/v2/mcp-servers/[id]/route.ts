import * as contracts from '@/lib/mcp/contract';
import { handle } from '@/server/http/handle';
import { route } from '@/server/http/route';
import { deleteMcpServer } from '@/server/mcp/delete-server';
import { getMcpServer } from '@/server/mcp/get-server';
import { updateMcpServer } from '@/server/mcp/update-server';

export const { GET, POST, PUT, PATCH, DELETE } = route({
  GET: handle(contracts.getMcpServer, getMcpServer),
  PATCH: handle(contracts.updateMcpServer, updateMcpServer),
  DELETE: handle(contracts.deleteMcpServer, deleteMcpServer),
});
