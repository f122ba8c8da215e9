import * as contracts from '@/lib/triggers/contract';
import { handle } from '@/server/http/handle';
import { route } from '@/server/http/route';
import { deleteTrigger, updateTrigger } from '@/server/triggers/change-trigger';

export const { GET, POST, PUT, PATCH, DELETE } = route({
  PATCH: handle(contracts.updateTrigger, updateTrigger),
  DELETE: handle(contracts.deleteTrigger, deleteTrigger),
});
