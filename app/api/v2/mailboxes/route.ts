import * as contracts from '@/lib/messages/contract';
import { handle } from '@/server/http/handle';
import { route } from '@/server/http/route';
import { createPool, listMailboxes } from '@/server/messages/mailboxes';

export const { GET, POST, PUT, PATCH, DELETE } = route({
  GET: handle(contracts.listMailboxes, listMailboxes),
  POST: handle(contracts.createPool, createPool),
});
