import * as contracts from '@/lib/runs/contract';
import { handle } from '@/server/http/handle';
import { route } from '@/server/http/route';
import { letRunGoOn } from '@/server/runs/control/pause-run';

export const { GET, POST, PUT, PATCH, DELETE } = route({
  POST: handle(contracts.continueRun, letRunGoOn),
});
