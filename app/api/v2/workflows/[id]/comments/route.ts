import * as contracts from '@/lib/comments/contract';
import { listComments } from '@/server/comments/list-comments';
import { startComments } from '@/server/comments/start-comments';
import { handle } from '@/server/http/handle';
import { route } from '@/server/http/route';

export const { GET, POST, PUT, PATCH, DELETE } = route({
  GET: handle(contracts.listComments, listComments),
  POST: handle(contracts.startComments, startComments),
});
