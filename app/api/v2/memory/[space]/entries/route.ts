import * as contracts from '@/lib/memory/contract';
import { handle } from '@/server/http/handle';
import { route } from '@/server/http/route';
import { listEntries } from '@/server/memory/list-entries';

export const { GET, POST, PUT, PATCH, DELETE } = route({
  GET: handle(contracts.listEntries, listEntries),
});
