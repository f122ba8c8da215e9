import * as contracts from '@/lib/messages/topic-contract';
import { handle } from '@/server/http/handle';
import { route } from '@/server/http/route';
import { unsubscribe } from '@/server/messages/topics/subscriptions';

export const { GET, POST, PUT, PATCH, DELETE } = route({
  DELETE: handle(contracts.unsubscribe, unsubscribe),
});
