import * as contracts from '@/lib/memory/contract';
import { handle } from '@/server/http/handle';
import { route } from '@/server/http/route';
import { listConflicts } from '@/server/memory/conflicts/list-conflicts';

export const { GET, POST, PUT, PATCH, DELETE } = route({
  GET: handle(contracts.listConflicts, listConflicts),
});
