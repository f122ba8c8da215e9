import * as contracts from '@/lib/workflows/contract';
import { handle } from '@/server/http/handle';
import { route } from '@/server/http/route';
import { unpublishWorkflow } from '@/server/workflows/unpublish-workflow';

export const { GET, POST, PUT, PATCH, DELETE } = route({
  POST: handle(contracts.unpublishWorkflow, unpublishWorkflow),
});
