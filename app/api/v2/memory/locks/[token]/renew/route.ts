import * as contracts from '@/lib/memory/locks/contract';
import { handle } from '@/server/http/handle';
import { route } from '@/server/http/route';
import { renewLock } from '@/server/memory/locks/locks';

export const { GET, POST, PUT, PATCH, DELETE } = route({
  POST: handle(contracts.renewLock, renewLock),
});
