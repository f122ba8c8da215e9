import * as contracts from '@/lib/workflows/edits/edit-contract';
import { handle } from '@/server/http/handle';
import { route } from '@/server/http/route';
import { undoEdit } from '@/server/workflows/edits/edit-undo';

export const { GET, POST, PUT, PATCH, DELETE } = route({
  POST: handle(contracts.undoEdit, undoEdit),
});
