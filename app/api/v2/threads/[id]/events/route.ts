import * as contracts from '@/lib/chat/contract';
import { followThread } from '@/server/chat/following/follow-thread';
import { handle } from '@/server/http/handle';
import { route } from '@/server/http/route';

export const { GET, POST, PUT, PATCH, DELETE } = route({
  GET: handle(contracts.followThread, followThread),
});
