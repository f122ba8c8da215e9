import * as contracts from '@/lib/comments/contract';
import { getComments } from '@/server/comments/get-comments';
import { resolveComments } from '@/server/comments/resolve-comments';
import { handle } from '@/server/http/handle';
import { route } from '@/server/http/route';

export const { GET, POST, PUT, PATCH, DELETE } = route({
  GET: handle(contracts.getComments, getComments),
  PATCH: handle(contracts.resolveComments, resolveComments),
});
