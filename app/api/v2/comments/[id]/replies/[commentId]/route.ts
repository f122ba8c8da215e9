import * as contracts from '@/lib/comments/contract';
import { deleteComment } from '@/server/comments/delete-comment';
import { editComment } from '@/server/comments/edit-comment';
import { handle } from '@/server/http/handle';
import { route } from '@/server/http/route';

export const { GET, POST, PUT, PATCH, DELETE } = route({
  PATCH: handle(contracts.editComment, editComment),
  DELETE: handle(contracts.deleteComment, deleteComment),
});
