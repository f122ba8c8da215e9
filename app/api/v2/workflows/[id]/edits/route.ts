import * as contracts from '@/lib/workflows/edits/edit-contract';
import { handle } from '@/server/http/handle';
import { route } from '@/server/http/route';
import { editWorkflow } from '@/server/workflows/edits/edit-workflow';

export const { GET, POST, PUT, PATCH, DELETE } = route({
  POST: handle(contracts.editWorkflow, editWorkflow),
});
