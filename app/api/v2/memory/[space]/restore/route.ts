import * as contracts from '@/lib/memory/contract';
import { handle } from '@/server/http/handle';
import { route } from '@/server/http/route';
import { restoreMemory } from '@/server/memory/history/restore-memory';

export const { GET, POST, PUT, PATCH, DELETE } = route({
  POST: handle(contracts.restoreMemory, restoreMemory),
});
