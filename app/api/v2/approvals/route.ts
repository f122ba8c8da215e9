import * as contracts from '@/lib/tools/contract';
import { handle } from '@/server/http/handle';
import { route } from '@/server/http/route';
import { listApprovals } from '@/server/tools/approvals/list-approvals';

export const { GET, POST, PUT, PATCH, DELETE } = route({
  GET: handle(contracts.listApprovals, listApprovals),
});
