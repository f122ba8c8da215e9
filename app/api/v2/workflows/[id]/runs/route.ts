import * as contracts from '@/lib/runs/contract';
import { handle } from '@/server/http/handle';
import { route } from '@/server/http/route';
import { startRun } from '@/server/runs/starting/start-run';

export const { GET, POST, PUT, PATCH, DELETE } = route({
  POST: handle(contracts.startRun, startRun),
});
