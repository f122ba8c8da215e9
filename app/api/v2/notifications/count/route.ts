import * as contracts from '@/lib/notifications/contract';
import { handle } from '@/server/http/handle';
import { route } from '@/server/http/route';
import { countNotifications } from '@/server/notifications/list-notifications';

export const { GET, POST, PUT, PATCH, DELETE } = route({
  GET: handle(contracts.countNotifications, countNotifications),
});
