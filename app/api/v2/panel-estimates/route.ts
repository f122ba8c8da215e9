import * as contracts from '@/lib/chat/panel/contract';
import { estimatePanel } from '@/server/chat/panel/estimate-panel';
import { handle } from '@/server/http/handle';
import { route } from '@/server/http/route';

export const { GET, POST, PUT, PATCH, DELETE } = route({
  POST: handle(contracts.estimatePanel, estimatePanel),
});
