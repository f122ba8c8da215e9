import * as contracts from '@/lib/agents/file/contract';
import { importAgent } from '@/server/agents/file/import-agent';
import { handle } from '@/server/http/handle';
import { route } from '@/server/http/route';

export const { GET, POST, PUT, PATCH, DELETE } = route({
  POST: handle(contracts.importAgent, importAgent),
});
