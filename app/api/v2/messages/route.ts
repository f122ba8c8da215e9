import * as contracts from '@/lib/messages/contract';
import { handle } from '@/server/http/handle';
import { route } from '@/server/http/route';
import { sendMessages } from '@/server/messages/send-messages';

export const { GET, POST, PUT, PATCH, DELETE } = route({
  POST: handle(contracts.sendMessages, sendMessages),
});
