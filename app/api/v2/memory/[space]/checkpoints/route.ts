import * as contracts from '@/lib/memory/contract';
import { handle } from '@/server/http/handle';
import { route } from '@/server/http/route';
import { createCheckpoint, listCheckpoints } from '@/server/memory/history/checkpoints';

export const { GET, POST, PUT, PATCH, DELETE } = route({
  GET: handle(contracts.listCheckpoints, listCheckpoints),
  POST: handle(contracts.createCheckpoint, createCheckpoint),
});
