import { getMe } from '@/lib/people/contract';
import { changeProfile as changeProfileContract } from '@/lib/people/profile';
import { handleSignedIn } from '@/server/http/handle';
import { route } from '@/server/http/route';
import { changeProfile } from '@/server/people/profile';
import { readMe } from '@/server/people/workspaces';

export const { GET, POST, PUT, PATCH, DELETE } = route({
  GET: handleSignedIn(getMe, (services, caller, _input, request) =>
    readMe(services, caller, request),
  ),
  PATCH: handleSignedIn(changeProfileContract, changeProfile),
});
