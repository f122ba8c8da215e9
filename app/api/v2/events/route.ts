import * as contracts from '@/lib/runs/contract';
import { handle } from '@/server/http/handle';
import { route } from '@/server/http/route';
import { sendEvent } from '@/server/runs/send-event';

export const { GET, POST, PUT, PATCH, DELETE } = route({
  POST: handle(contracts.sendEvent, sendEvent),
});
