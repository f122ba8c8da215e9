import * as contracts from '@/lib/runs/debug-contract';
import { handle } from '@/server/http/handle';
import { route } from '@/server/http/route';
import { releaseStep } from '@/server/runs/debugging/debug-run';

export const { GET, POST, PUT, PATCH, DELETE } = route({
  POST: handle(contracts.releaseStep, releaseStep),
});
