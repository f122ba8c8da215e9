import * as contracts from '@/lib/memory/contract';
import { handle } from '@/server/http/handle';
import { route } from '@/server/http/route';
import { searchMemory } from '@/server/memory/search-memory';

export const { GET, POST, PUT, PATCH, DELETE } = route({
  POST: handle(contracts.searchMemory, searchMemory),
});
