import * as contracts from '@/lib/workflows/edit-contract';
import { handle } from '@/server/http/handle';
import { route } from '@/server/http/route';
import { editWorkflow } from '@/server/workflows/edit-workflow';

export const { GET, POST, PUT, PATCH, DELETE } = route({
  POST: handle(contracts.editWorkflow, editWorkflow),
});
