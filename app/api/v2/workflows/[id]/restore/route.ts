import * as contracts from '@/lib/workflows/trash-contract';
import { handle } from '@/server/http/handle';
import { route } from '@/server/http/route';
import { restoreWorkflow } from '@/server/workflows/trash/restore-workflow';

export const { GET, POST, PUT, PATCH, DELETE } = route({
  POST: handle(contracts.restoreWorkflow, restoreWorkflow),
});
