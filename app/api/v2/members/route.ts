import { listMembers as contract } from '@/lib/people/contract';
import { handle } from '@/server/http/handle';
import { route } from '@/server/http/route';
import { listMembers } from '@/server/people/members';

export const { GET, POST, PUT, PATCH, DELETE } = route({ GET: handle(contract, listMembers) });
