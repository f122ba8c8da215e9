import * as contracts from '@/lib/messages/contract';
import { handle } from '@/server/http/handle';
import { route } from '@/server/http/route';
import { messageStats } from '@/server/messages/stats/message-stats';

export const { GET, POST, PUT, PATCH, DELETE } = route({
  GET: handle(contracts.messageStats, messageStats),
});
