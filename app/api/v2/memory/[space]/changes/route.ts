import * as contracts from '@/lib/memory/contract';
import { handle } from '@/server/http/handle';
import { route } from '@/server/http/route';
import { listChanges } from '@/server/memory/history/list-changes';

export const { GET, POST, PUT, PATCH, DELETE } = route({
  GET: handle(contracts.listChanges, listChanges),
});
