import * as contracts from '@/lib/memory/contract';
import { handle } from '@/server/http/handle';
import { route } from '@/server/http/route';
import { deleteCheckpoint } from '@/server/memory/history/checkpoints';

export const { GET, POST, PUT, PATCH, DELETE } = route({
  DELETE: handle(contracts.deleteCheckpoint, deleteCheckpoint),
});
