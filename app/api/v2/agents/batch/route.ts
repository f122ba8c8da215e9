import * as contracts from '@/lib/agents/batch-contract';
import { batchAgents } from '@/server/agents/batch-agents';
import { handle } from '@/server/http/handle';
import { route } from '@/server/http/route';

export const { GET, POST, PUT, PATCH, DELETE } = route({
  POST: handle(contracts.batchAgents, batchAgents),
});
