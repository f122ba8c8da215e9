import * as contracts from '@/lib/workflows/contract';
import { handle } from '@/server/http/handle';
import { route } from '@/server/http/route';
import { duplicateWorkflow } from '@/server/workflows/duplicate-workflow';

export const { GET, POST, PUT, PATCH, DELETE } = route({
  POST: handle(contracts.duplicateWorkflow, duplicateWorkflow),
});
