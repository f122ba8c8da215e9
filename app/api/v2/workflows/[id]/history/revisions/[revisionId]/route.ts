import * as contracts from '@/lib/history/contract';
import { handle } from '@/server/http/handle';
import { route } from '@/server/http/route';
import { deleteRevision, getRevision, renameRevision } from '@/server/workflows/history/revisions';

export const { GET, POST, PUT, PATCH, DELETE } = route({
  GET: handle(contracts.getRevision, getRevision),
  PATCH: handle(contracts.renameRevision, renameRevision),
  DELETE: handle(contracts.deleteRevision, deleteRevision),
});
