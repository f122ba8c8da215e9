import * as contracts from '@/lib/comments/contract';
import { readComments } from '@/server/comments/read-comments';
import { handle } from '@/server/http/handle';
import { route } from '@/server/http/route';

export const { GET, POST, PUT, PATCH, DELETE } = route({
  POST: handle(contracts.readComments, readComments),
});
