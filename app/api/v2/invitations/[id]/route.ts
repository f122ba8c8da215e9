import * as contracts from '@/lib/people/contract';
import { handle, handleAnyone } from '@/server/http/handle';
import { route } from '@/server/http/route';
import { readInvitation, revokeInvitation } from '@/server/people/invitations';

export const { GET, POST, PUT, PATCH, DELETE } = route({
  GET: handleAnyone(contracts.getInvitation, readInvitation),
  DELETE: handle(contracts.revokeInvitation, revokeInvitation),
});
