import * as contracts from '@/lib/runs/debug-contract';
import { handle } from '@/server/http/handle';
import { route } from '@/server/http/route';
import { stepOn } from '@/server/runs/debugging/step-on';

export const { GET, POST, PUT, PATCH, DELETE } = route({
  POST: handle(contracts.moveOn, stepOn),
});
