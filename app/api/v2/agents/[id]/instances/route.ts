import * as contracts from '@/lib/agents/contract';
import { listAgentInstances } from '@/server/agents/status/list-instances';
import { handle } from '@/server/http/handle';
import { route } from '@/server/http/route';

export const { GET, POST, PUT, PATCH, DELETE } = route({
  GET: handle(contracts.listAgentInstances, listAgentInstances),
});
