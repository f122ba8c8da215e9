import * as contracts from '@/lib/optimise/contract';
import { handle } from '@/server/http/handle';
import { route } from '@/server/http/route';
import { optimiseWorkflow } from '@/server/optimise/optimise-workflow';

export const { GET, POST, PUT, PATCH, DELETE } = route({
  POST: handle(contracts.optimiseWorkflow, optimiseWorkflow),
});
