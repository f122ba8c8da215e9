import * as contracts from '@/lib/workflows/contract';
import { handle } from '@/server/http/handle';
import { route } from '@/server/http/route';
import { putWorkflow } from '@/server/workflows/edits/put-workflow';
import { getWorkflow } from '@/server/workflows/get-workflow';
import { deleteWorkflow } from '@/server/workflows/trash/delete-workflow';

export const { GET, POST, PUT, PATCH, DELETE } = route({
  GET: handle(contracts.getWorkflow, getWorkflow),
  PUT: handle(contracts.putWorkflow, putWorkflow),
  DELETE: handle(contracts.deleteWorkflow, deleteWorkflow),
});
