import * as contracts from '@/lib/workflows/contract';
import { handle } from '@/server/http/handle';
import { route } from '@/server/http/route';
import { publishWorkflow } from '@/server/workflows/publish-workflow';

export const { GET, POST, PUT, PATCH, DELETE } = route({
  POST: handle(contracts.publishWorkflow, publishWorkflow),
});
