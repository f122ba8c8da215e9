import * as contracts from '@/lib/messages/contract';
import { handle } from '@/server/http/handle';
import { route } from '@/server/http/route';
import { claimMessages } from '@/server/messages/work';

export const { GET, POST, PUT, PATCH, DELETE } = route({
  POST: handle(contracts.claimMessages, claimMessages),
});
