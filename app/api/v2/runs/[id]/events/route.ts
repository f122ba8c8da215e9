import * as contracts from '@/lib/runs/contract';
import { handle } from '@/server/http/handle';
import { route } from '@/server/http/route';
import { listEvents } from '@/server/runs/reading/list-events';

export const { GET, POST, PUT, PATCH, DELETE } = route({
  GET: handle(contracts.listRunEvents, listEvents),
});
