import * as contracts from '@/lib/people/profile';
import { handleSignedIn } from '@/server/http/handle';
import { route } from '@/server/http/route';
import { listSessions } from '@/server/people/profile';

export const { GET, POST, PUT, PATCH, DELETE } = route({
  GET: handleSignedIn(contracts.listSessions, listSessions),
});
