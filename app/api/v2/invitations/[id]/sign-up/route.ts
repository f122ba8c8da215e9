import { signUp as contract } from '@/lib/people/contract';
import { handleAnyone } from '@/server/http/handle';
import { respondSignedIn } from '@/server/http/respond';
import { route } from '@/server/http/route';
import { signUp } from '@/server/people/invitations';
import { signInCookies } from '@/server/people/sign-in';

export const { GET, POST, PUT, PATCH, DELETE } = route({
  POST: handleAnyone(contract, async (services, input, request) => {
    const made = await signUp(services, input);
    const who = { email: made.user.email, password: input.body.password };
    const cookies = await signInCookies(services, who, request);
    return respondSignedIn(made, cookies);
  }),
});
