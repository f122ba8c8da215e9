import * as contracts from '@/lib/workflows/trash-contract';
import { handle } from '@/server/http/handle';
import { route } from '@/server/http/route';
import { purgeWorkflow } from '@/server/workflows/trash/purge-workflow';

export const { GET, POST, PUT, PATCH, DELETE } = route({
  DELETE: handle(contracts.purgeWorkflow, purgeWorkflow),
});
