import * as contracts from '@/lib/people/contract';
import { handle } from '@/server/http/handle';
import { route } from '@/server/http/route';
import { changeRole, removeMember } from '@/server/people/members';

export const { GET, POST, PUT, PATCH, DELETE } = route({
  PATCH: handle(contracts.changeRole, changeRole),
  DELETE: handle(contracts.removeMember, removeMember),
});
