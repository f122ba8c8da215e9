import * as contracts from '@/lib/agents/contract';
import { listAgentStatuses } from '@/server/agents/list-statuses';
import { handle } from '@/server/http/handle';
import { route } from '@/server/http/route';

export const { GET, POST, PUT, PATCH, DELETE } = route({
  GET: handle(contracts.listAgentStatuses, listAgentStatuses),
});
