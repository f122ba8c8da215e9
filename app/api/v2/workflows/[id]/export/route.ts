import * as contracts from '@/lib/workflows/contract';
import { handle } from '@/server/http/handle';
import { route } from '@/server/http/route';
import { exportWorkflow } from '@/server/workflows/export-workflow';

export const { GET, POST, PUT, PATCH, DELETE } = route({
  GET: handle(contracts.exportWorkflow, exportWorkflow),
});
