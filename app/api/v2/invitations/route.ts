import * as contracts from '@/lib/people/contract';
import { handle } from '@/server/http/handle';
import { route } from '@/server/http/route';
import { createInvitation, listInvitations } from '@/server/people/invitations';

export const { GET, POST, PUT, PATCH, DELETE } = route({
  GET: handle(contracts.listInvitations, listInvitations),
  POST: handle(contracts.createInvitation, createInvitation),
});
