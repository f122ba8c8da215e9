import * as contracts from '@/lib/agents/contract';
import { listAgentVersions } from '@/server/agents/list-versions';
import { handle } from '@/server/http/handle';
import { route } from '@/server/http/route';

export const { GET, POST, PUT, PATCH, DELETE } = route({
  GET: handle(contracts.listAgentVersions, listAgentVersions),
});
