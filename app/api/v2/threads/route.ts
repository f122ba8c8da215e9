import * as contracts from '@/lib/chat/contract';
import { createThread } from '@/server/chat/create-thread';
import { listThreads } from '@/server/chat/list-threads';
import { handle } from '@/server/http/handle';
import { route } from '@/server/http/route';

export const { GET, POST, PUT, PATCH, DELETE } = route({
  GET: handle(contracts.listThreads, listThreads),
  POST: handle(contracts.createThread, createThread),
});
