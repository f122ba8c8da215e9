import * as contracts from '@/lib/locks/contract';
import { handle } from '@/server/http/handle';
import { route } from '@/server/http/route';
import { createLock, listLocks } from '@/server/workflows/locks/change-locks';

export const { GET, POST, PUT, PATCH, DELETE } = route({
  GET: handle(contracts.listLocks, listLocks),
  POST: handle(contracts.createLock, createLock),
});
