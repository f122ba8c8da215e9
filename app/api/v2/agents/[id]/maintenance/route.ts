import * as contracts from '@/lib/agents/contract';
import { endMaintenance, startMaintenance } from '@/server/agents/status/maintenance';
import { handle } from '@/server/http/handle';
import { route } from '@/server/http/route';

export const { GET, POST, PUT, PATCH, DELETE } = route({
  PUT: handle(contracts.startMaintenance, startMaintenance),
  DELETE: handle(contracts.endMaintenance, endMaintenance),
});
