import * as contracts from '@/lib/messages/contract';
import { handle } from '@/server/http/handle';
import { route } from '@/server/http/route';
import { countNewMessages } from '@/server/messages/mailboxes';

export const { GET, POST, PUT, PATCH, DELETE } = route({
  GET: handle(contracts.countNewMessages, countNewMessages),
});
