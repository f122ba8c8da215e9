import * as contracts from '@/lib/runs/debug-contract';
import { handle } from '@/server/http/handle';
import { route } from '@/server/http/route';
import { listPaused } from '@/server/runs/debugging/paused-steps';

export const { GET, POST, PUT, PATCH, DELETE } = route({
  GET: handle(contracts.listHeld, listPaused),
});
