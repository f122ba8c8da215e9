import * as contracts from '@/lib/spending/contract';
import { handle } from '@/server/http/handle';
import { route } from '@/server/http/route';
import { estimateAgent } from '@/server/spending/estimate/estimate-agent';

export const { GET, POST, PUT, PATCH, DELETE } = route({
  POST: handle(contracts.estimateAgent, estimateAgent),
});
