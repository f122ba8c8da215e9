import * as contracts from '@/lib/chat/visitors/contract';
import { followAnswer } from '@/server/chat/visitors/follow-answer';
import { handleAnyone } from '@/server/http/handle';
import { route } from '@/server/http/route';

export const { GET, POST, PUT, PATCH, DELETE } = route({
  GET: handleAnyone(contracts.followSharedChat, followAnswer),
});
