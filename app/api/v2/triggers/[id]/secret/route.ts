import * as contracts from '@/lib/triggers/contract';
import { handle } from '@/server/http/handle';
import { route } from '@/server/http/route';
import { endOldSecret } from '@/server/triggers/change-trigger';
import { rotateSecret } from '@/server/triggers/rotate-secret';

export const { GET, POST, PUT, PATCH, DELETE } = route({
  POST: handle(contracts.rotateSecret, rotateSecret),
  DELETE: handle(contracts.endOldSecret, endOldSecret),
});
