import * as contracts from '@/lib/connections/contract';
import { finishSignIn } from '@/server/connections/oauth/finish-sign-in';
import { handle } from '@/server/http/handle';
import { route } from '@/server/http/route';

export const { GET, POST, PUT, PATCH, DELETE } = route({
  POST: handle(contracts.finishSignIn, finishSignIn),
});
