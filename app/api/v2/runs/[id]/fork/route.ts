import * as contracts from '@/lib/runs/contract';
import { handle } from '@/server/http/handle';
import { route } from '@/server/http/route';
import { forkRun } from '@/server/runs/debugging/fork-run';

export const { GET, POST, PUT, PATCH, DELETE } = route({
  POST: handle(contracts.forkRun, forkRun),
});
