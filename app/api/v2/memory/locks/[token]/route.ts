import * as contracts from '@/lib/memory/locks/contract';
import { handle } from '@/server/http/handle';
import { route } from '@/server/http/route';
import { getLock, releaseLock } from '@/server/memory/locks/locks';

export const { GET, POST, PUT, PATCH, DELETE } = route({
  GET: handle(contracts.getLock, getLock),
  DELETE: handle(contracts.releaseLock, releaseLock),
});
