import * as contracts from '@/lib/agents/contract';
import { startTask } from '@/server/agents/start-task';
import { handle } from '@/server/http/handle';
import { route } from '@/server/http/route';

export const { GET, POST, PUT, PATCH, DELETE } = route({
  POST: handle(contracts.startTask, startTask),
});
