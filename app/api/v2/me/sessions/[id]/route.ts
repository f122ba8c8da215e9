import * as contracts from '@/lib/people/profile';
import { handleSignedIn } from '@/server/http/handle';
import { route } from '@/server/http/route';
import { endSession } from '@/server/people/profile';

export const { GET, POST, PUT, PATCH, DELETE } = route({
  DELETE: handleSignedIn(contracts.endSession, endSession),
});
