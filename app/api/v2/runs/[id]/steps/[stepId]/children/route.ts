import * as contracts from '@/lib/runs/contract';
import { handle } from '@/server/http/handle';
import { route } from '@/server/http/route';
import { listChildren } from '@/server/runs/reading/list-children';

export const { GET, POST, PUT, PATCH, DELETE } = route({
  GET: handle(contracts.listStepChildren, listChildren),
});
