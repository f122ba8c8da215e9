import * as contracts from '@/lib/memory/locks/contract';
import { handle } from '@/server/http/handle';
import { route } from '@/server/http/route';
import { listLocks, takeLock } from '@/server/memory/locks/locks';

export const { GET, POST, PUT, PATCH, DELETE } = route({
  GET: handle(contracts.listLocks, listLocks),
  POST: handle(contracts.takeLock, takeLock),
});
