import { acceptInvitation as contract } from '@/lib/people/contract';
import { handleSignedIn } from '@/server/http/handle';
import { route } from '@/server/http/route';
import { acceptInvitation } from '@/server/people/invitations';

export const { GET, POST, PUT, PATCH, DELETE } = route({
  POST: handleSignedIn(contract, acceptInvitation),
});
