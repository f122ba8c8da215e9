import * as contracts from '@/lib/chat/visitors/contract';
import { writeToSharedChat } from '@/server/chat/visitors/write-to-shared-chat';
import { handleAnyone } from '@/server/http/handle';
import { route } from '@/server/http/route';

export const { GET, POST, PUT, PATCH, DELETE } = route({
  POST: handleAnyone(contracts.writeToSharedChat, writeToSharedChat),
});
