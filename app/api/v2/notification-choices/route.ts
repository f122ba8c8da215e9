import * as contracts from '@/lib/notifications/settings-contract';
import { handle } from '@/server/http/handle';
import { route } from '@/server/http/route';
import { listChoices, putChoice } from '@/server/notifications/settings/choices';

export const { GET, POST, PUT, PATCH, DELETE } = route({
  GET: handle(contracts.listChoices, listChoices),
  PUT: handle(contracts.putChoice, putChoice),
});
