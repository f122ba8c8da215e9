import { leaveWorkspace as contract } from '@/lib/people/contract';
import { handle } from '@/server/http/handle';
import { route } from '@/server/http/route';
import { leaveWorkspace } from '@/server/people/members';

export const { GET, POST, PUT, PATCH, DELETE } = route({
  POST: handle(contract, leaveWorkspace),
});
