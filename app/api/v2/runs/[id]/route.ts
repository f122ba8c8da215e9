import * as contracts from '@/lib/runs/contract';
import { handle } from '@/server/http/handle';
import { route } from '@/server/http/route';
import { readRun } from '@/server/runs/reading/read-run';

export const { GET, POST, PUT, PATCH, DELETE } = route({
  GET: handle(contracts.getRun, readRun),
});
