import * as contracts from '@/lib/locks/contract';
import { handle } from '@/server/http/handle';
import { route } from '@/server/http/route';
import { changeLock, endLock } from '@/server/workflows/locks/change-locks';

export const { GET, POST, PUT, PATCH, DELETE } = route({
  PATCH: handle(contracts.changeLock, changeLock),
  DELETE: handle(contracts.endLock, endLock),
});
