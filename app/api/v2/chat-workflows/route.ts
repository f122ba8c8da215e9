import * as contracts from '@/lib/chat/contract';
import { listChatWorkflows } from '@/server/chat/list-chat-workflows';
import { handle } from '@/server/http/handle';
import { route } from '@/server/http/route';

export const { GET, POST, PUT, PATCH, DELETE } = route({
  GET: handle(contracts.listChatWorkflows, listChatWorkflows),
});
