import { createOwner, getSetUp } from '@/lib/people/contract';
import { handleAnyone } from '@/server/http/handle';
import { respondSignedIn } from '@/server/http/respond';
import { route } from '@/server/http/route';
import { requireSetUpCode } from '@/server/people/set-up-code';
import { readSetUp, setUpOwner } from '@/server/people/set-up-owner';
import { signInCookies } from '@/server/people/sign-in';

export const { GET, POST, PUT, PATCH, DELETE } = route({
  GET: handleAnyone(getSetUp, readSetUp),
  POST: handleAnyone(createOwner, async (services, { body }, request) => {
    await requireSetUpCode(services, request.headers, body.code);
    const made = await setUpOwner(services, { body });
    return respondSignedIn(made, await signInCookies(services, body, request));
  }),
});
