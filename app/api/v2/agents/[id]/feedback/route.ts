import * as contracts from '@/lib/chat/feedback/contract';
import { listAgentFeedback } from '@/server/chat/feedback/list-agent-feedback';
import { handle } from '@/server/http/handle';
import { route } from '@/server/http/route';

export const { GET, POST, PUT, PATCH, DELETE } = route({
  GET: handle(contracts.listAgentFeedback, listAgentFeedback),
});
