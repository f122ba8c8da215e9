import * as contracts from '@/lib/agents/draft/contract';
import { draftAgent } from '@/server/agents/draft/draft-agent';
import { handle } from '@/server/http/handle';
import { route } from '@/server/http/route';

export const { GET, POST, PUT, PATCH, DELETE } = route({
  POST: handle(contracts.draftAgent, draftAgent),
});
