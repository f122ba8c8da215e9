import * as contracts from '@/lib/runs/contract';
import { handle } from '@/server/http/handle';
import { route } from '@/server/http/route';
import { cancelRun } from '@/server/runs/control/cancel-run';

export const { GET, POST, PUT, PATCH, DELETE } = route({
  POST: handle(contracts.cancelRun, cancelRun),
});
