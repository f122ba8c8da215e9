import * as contracts from '@/lib/agents/draft/contract';
import { tryAgent } from '@/server/agents/draft/try-agent';
import { handle } from '@/server/http/handle';
import { route } from '@/server/http/route';

export const { GET, POST, PUT, PATCH, DELETE } = route({
  POST: handle(contracts.tryAgent, tryAgent),
});
