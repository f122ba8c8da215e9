import { createWorkspace as contract } from '@/lib/people/contract';
import { handleSignedIn } from '@/server/http/handle';
import { route } from '@/server/http/route';
import { createWorkspace } from '@/server/people/workspaces';

export const { GET, POST, PUT, PATCH, DELETE } = route({
  POST: handleSignedIn(contract, createWorkspace),
});
