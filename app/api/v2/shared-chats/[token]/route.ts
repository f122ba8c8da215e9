import * as contracts from '@/lib/chat/visitors/contract';
import { showSharedChat } from '@/server/chat/visitors/show-shared-chat';
import { handleAnyone } from '@/server/http/handle';
import { route } from '@/server/http/route';

export const { GET, POST, PUT, PATCH, DELETE } = route({
  GET: handleAnyone(contracts.showSharedChat, showSharedChat),
});
