import * as contracts from '@/lib/connections/contract';
import { beginSignIn } from '@/server/connections/oauth/begin-sign-in';
import { handle } from '@/server/http/handle';
import { route } from '@/server/http/route';

export const { GET, POST, PUT, PATCH, DELETE } = route({
  POST: handle(contracts.beginSignIn, beginSignIn),
});
