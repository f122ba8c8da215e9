import * as contracts from '@/lib/runs/contract';
import { sendEvent } from '@/server/events/send-event';
import { handle } from '@/server/http/handle';
import { route } from '@/server/http/route';

export const { GET, POST, PUT, PATCH, DELETE } = route({
  POST: handle(contracts.sendEvent, sendEvent),
});
