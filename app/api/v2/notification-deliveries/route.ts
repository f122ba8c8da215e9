import * as contracts from '@/lib/notifications/settings-contract';
import { handle } from '@/server/http/handle';
import { route } from '@/server/http/route';
import { listNotificationDeliveries } from '@/server/notifications/deliveries/list-deliveries';

export const { GET, POST, PUT, PATCH, DELETE } = route({
  GET: handle(contracts.listNotificationDeliveries, listNotificationDeliveries),
});
