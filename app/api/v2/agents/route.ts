import * as contracts from '@/lib/agents/contract';
import { createAgent } from '@/server/agents/create-agent';
import { listAgents } from '@/server/agents/list-agents';
import { handle } from '@/server/http/handle';
import { route } from '@/server/http/route';

export const { GET, POST, PUT, PATCH, DELETE } = route({
  GET: handle(contracts.listAgents, listAgents),
  POST: handle(contracts.createAgent, createAgent),
});
