import * as contracts from '@/lib/spending/contract';
import { handle } from '@/server/http/handle';
import { route } from '@/server/http/route';
import { estimateWorkflow } from '@/server/spending/estimate/estimate-workflow';

export const { GET, POST, PUT, PATCH, DELETE } = route({
  POST: handle(contracts.estimateWorkflow, estimateWorkflow),
});
