import * as contracts from '@/lib/messages/topic-contract';
import { handle } from '@/server/http/handle';
import { route } from '@/server/http/route';
import { listSubscriptions, subscribe } from '@/server/messages/topics/subscriptions';

export const { GET, POST, PUT, PATCH, DELETE } = route({
  GET: handle(contracts.listSubscriptions, listSubscriptions),
  POST: handle(contracts.subscribe, subscribe),
});
