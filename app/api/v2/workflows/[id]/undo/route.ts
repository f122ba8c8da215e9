import * as contracts from '@/lib/workflows/edit-contract';
import { handle } from '@/server/http/handle';
import { route } from '@/server/http/route';
import { undoEdit } from '@/server/workflows/edit-undo';

export const { GET, POST, PUT, PATCH, DELETE } = route({
  POST: handle(contracts.undoEdit, undoEdit),
});
