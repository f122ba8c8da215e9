import * as contracts from '@/lib/workflows/organise/contract';
import { handle } from '@/server/http/handle';
import { route } from '@/server/http/route';
import { moveFolder } from '@/server/workflows/organise/move-folder';

export const { GET, POST, PUT, PATCH, DELETE } = route({
  POST: handle(contracts.moveFolder, moveFolder),
});
