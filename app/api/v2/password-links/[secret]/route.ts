import * as contracts from '@/lib/people/password-link';
import { handleAnyone } from '@/server/http/handle';
import { route } from '@/server/http/route';
import { readPasswordLink, resetByLink } from '@/server/people/reset/password-links';

export const { GET, POST, PUT, PATCH, DELETE } = route({
  GET: handleAnyone(contracts.getPasswordLink, readPasswordLink),
  POST: handleAnyone(contracts.resetByLink, resetByLink),
});
