import * as contracts from '@/lib/memory/contract';
import { handle } from '@/server/http/handle';
import { route } from '@/server/http/route';
import { resolveConflict } from '@/server/memory/conflicts/resolve-conflict';

export const { GET, POST, PUT, PATCH, DELETE } = route({
  POST: handle(contracts.resolveConflict, resolveConflict),
});
