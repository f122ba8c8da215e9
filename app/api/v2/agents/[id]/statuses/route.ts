import * as contracts from '@/lib/agents/contract';
import { listStatusChanges } from '@/server/agents/status/list-changes';
import { handle } from '@/server/http/handle';
import { route } from '@/server/http/route';

export const { GET, POST, PUT, PATCH, DELETE } = route({
  GET: handle(contracts.listStatusChanges, listStatusChanges),
});
