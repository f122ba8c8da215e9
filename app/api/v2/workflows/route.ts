import * as contracts from '@/lib/workflows/contract';
import { handle } from '@/server/http/handle';
import { route } from '@/server/http/route';
import { createWorkflow } from '@/server/workflows/create-workflow';
import { listWorkflows } from '@/server/workflows/list-workflows';

export const { GET, POST, PUT, PATCH, DELETE } = route({
  GET: handle(contracts.listWorkflows, listWorkflows),
  POST: handle(contracts.createWorkflow, createWorkflow),
});
