import * as contracts from '@/lib/triggers/contract';
import { handle } from '@/server/http/handle';
import { route } from '@/server/http/route';
import { createTrigger } from '@/server/triggers/create-trigger';
import { listTriggers } from '@/server/triggers/list-triggers';

export const { GET, POST, PUT, PATCH, DELETE } = route({
  GET: handle(contracts.listTriggers, listTriggers),
  POST: handle(contracts.createTrigger, createTrigger),
});
