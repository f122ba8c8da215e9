import * as contracts from '@/lib/workflows/organise/contract';
import { handle } from '@/server/http/handle';
import { route } from '@/server/http/route';
import { listLabels } from '@/server/workflows/organise/list-labels';

export const { GET, POST, PUT, PATCH, DELETE } = route({
  GET: handle(contracts.listLabels, listLabels),
});
