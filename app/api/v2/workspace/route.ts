import { getWorkspace, renameWorkspace as renameContract } from '@/lib/people/contract';
import { handle } from '@/server/http/handle';
import { route } from '@/server/http/route';
import { readWorkspace, renameWorkspace } from '@/server/people/workspaces';

export const { GET, POST, PUT, PATCH, DELETE } = route({
  GET: handle(getWorkspace, readWorkspace),
  PATCH: handle(renameContract, renameWorkspace),
});
