import * as contracts from '@/lib/runs/contract';
import { handle } from '@/server/http/handle';
import { route } from '@/server/http/route';
import { failuresByWorkflow } from '@/server/runs/reading/failures-by-workflow';

export const { GET, POST, PUT, PATCH, DELETE } = route({
  GET: handle(contracts.failuresByWorkflow, failuresByWorkflow),
});
