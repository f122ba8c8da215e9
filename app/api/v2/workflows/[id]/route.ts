import * as contracts from '@/lib/workflows/contract';
import { organiseWorkflow as organise } from '@/lib/workflows/organise/contract';
import { handle } from '@/server/http/handle';
import { route } from '@/server/http/route';
import { putWorkflow } from '@/server/workflows/edits/put-workflow';
import { getWorkflow } from '@/server/workflows/get-workflow';
import { organiseWorkflow } from '@/server/workflows/organise/organise-workflow';
import { deleteWorkflow } from '@/server/workflows/trash/delete-workflow';

export const { GET, POST, PUT, PATCH, DELETE } = route({
  GET: handle(contracts.getWorkflow, getWorkflow),
  PUT: handle(contracts.putWorkflow, putWorkflow),
  PATCH: handle(organise, organiseWorkflow),
  DELETE: handle(contracts.deleteWorkflow, deleteWorkflow),
});
