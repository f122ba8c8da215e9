import * as contracts from '@/lib/ag-ui/contract';
import { runByAgUi } from '@/server/chat/ag-ui/run-by-ag-ui';
import { handle } from '@/server/http/handle';
import { route } from '@/server/http/route';

export const { GET, POST, PUT, PATCH, DELETE } = route({
  POST: handle(contracts.runByAgUi, runByAgUi),
});
