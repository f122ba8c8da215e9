import * as contracts from '@/lib/messages/contract';
import { handle } from '@/server/http/handle';
import { route } from '@/server/http/route';
import { updateMailbox } from '@/server/messages/mailboxes';

export const { GET, POST, PUT, PATCH, DELETE } = route({
  PATCH: handle(contracts.updateMailbox, updateMailbox),
});
