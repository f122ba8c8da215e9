import * as contracts from '@/lib/agents/contract';
import { deleteAgent } from '@/server/agents/delete-agent';
import { getAgent } from '@/server/agents/get-agent';
import { updateAgent } from '@/server/agents/update-agent';
import { handle } from '@/server/http/handle';
import { route } from '@/server/http/route';

export const { GET, POST, PUT, PATCH, DELETE } = route({
  GET: handle(contracts.getAgent, getAgent),
  PUT: handle(contracts.updateAgent, updateAgent),
  DELETE: handle(contracts.deleteAgent, deleteAgent),
});
