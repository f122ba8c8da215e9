import * as contracts from '@/lib/triggers/contract';
import { handle } from '@/server/http/handle';
import { route } from '@/server/http/route';
import { endOldSecret, rotateSecret } from '@/server/triggers/change-trigger';

export const { GET, POST, PUT, PATCH, DELETE } = route({
  POST: handle(contracts.rotateSecret, rotateSecret),
  DELETE: handle(contracts.endOldSecret, endOldSecret),
});
