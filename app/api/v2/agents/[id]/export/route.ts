import * as contracts from '@/lib/agents/file/contract';
import { exportAgent } from '@/server/agents/file/export-agent';
import { handle } from '@/server/http/handle';
import { route } from '@/server/http/route';

export const { GET, POST, PUT, PATCH, DELETE } = route({
  GET: handle(contracts.exportAgent, exportAgent),
});
