import * as contracts from '@/lib/runs/contract';
import { handle } from '@/server/http/handle';
import { route } from '@/server/http/route';
import { listRuns } from '@/server/runs/reading/list-runs';

export const { GET, POST, PUT, PATCH, DELETE } = route({
  GET: handle(contracts.listRuns, listRuns),
});
