import * as contracts from '@/lib/people/password-link';
import { handle } from '@/server/http/handle';
import { route } from '@/server/http/route';
import { createPasswordLink } from '@/server/people/reset/password-links';

export const { GET, POST, PUT, PATCH, DELETE } = route({
  POST: handle(contracts.createPasswordLink, createPasswordLink),
});
