import * as contracts from '@/lib/runs/debug-contract';
import { handle } from '@/server/http/handle';
import { route } from '@/server/http/route';
import { setDebug } from '@/server/runs/debugging/debug-run';

export const { GET, POST, PUT, PATCH, DELETE } = route({
  PUT: handle(contracts.setDebug, setDebug),
});
