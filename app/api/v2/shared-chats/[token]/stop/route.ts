import * as contracts from '@/lib/chat/visitors/contract';
import { stopSharedChat } from '@/server/chat/visitors/stop-shared-chat';
import { handleAnyone } from '@/server/http/handle';
import { route } from '@/server/http/route';

export const { GET, POST, PUT, PATCH, DELETE } = route({
  POST: handleAnyone(contracts.stopSharedChat, stopSharedChat),
});
