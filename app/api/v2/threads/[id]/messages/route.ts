import * as contracts from '@/lib/chat/contract';
import { postMessage } from '@/server/chat/post-message';
import { handle } from '@/server/http/handle';
import { route } from '@/server/http/route';

export const { GET, POST, PUT, PATCH, DELETE } = route({
  POST: handle(contracts.postMessage, postMessage),
});
