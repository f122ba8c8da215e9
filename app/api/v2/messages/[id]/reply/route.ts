import * as contracts from '@/lib/messages/contract';
import { handle } from '@/server/http/handle';
import { route } from '@/server/http/route';
import { replyToMessage } from '@/server/messages/reply';

export const { GET, POST, PUT, PATCH, DELETE } = route({
  POST: handle(contracts.replyToMessage, replyToMessage),
});
