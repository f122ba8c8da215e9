import * as contracts from '@/lib/agents/contract';
import { listAgentTasks } from '@/server/agents/list-tasks';
import { startTask } from '@/server/agents/start-task';
import { handle } from '@/server/http/handle';
import { route } from '@/server/http/route';

export const { GET, POST, PUT, PATCH, DELETE } = route({
  GET: handle(contracts.listAgentTasks, listAgentTasks),
  POST: handle(contracts.startTask, startTask),
});
