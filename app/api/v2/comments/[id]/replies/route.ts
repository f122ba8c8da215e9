import * as contracts from '@/lib/comments/contract';
import { replyComment } from '@/server/comments/reply-comment';
import { handle } from '@/server/http/handle';
import { route } from '@/server/http/route';

export const { GET, POST, PUT, PATCH, DELETE } = route({
  POST: handle(contracts.replyComment, replyComment),
});
