import * as contracts from '@/lib/chat/contract';
import { deleteThread } from '@/server/chat/delete-thread';
import { getThread } from '@/server/chat/get-thread';
import { handle } from '@/server/http/handle';
import { route } from '@/server/http/route';

export const { GET, POST, PUT, PATCH, DELETE } = route({
  GET: handle(contracts.getThread, getThread),
  DELETE: handle(contracts.deleteThread, deleteThread),
});
