import * as contracts from '@/lib/tools/contract';
import { handle } from '@/server/http/handle';
import { route } from '@/server/http/route';
import { startCall } from '@/server/tools/start-call';

export const { GET, POST, PUT, PATCH, DELETE } = route({
  POST: handle(contracts.callTool, startCall),
});
