import * as contracts from '@/lib/notifications/contract';
import { handle } from '@/server/http/handle';
import { route } from '@/server/http/route';
import { readNotifications } from '@/server/notifications/read-notifications';

export const { GET, POST, PUT, PATCH, DELETE } = route({
  POST: handle(contracts.readNotifications, readNotifications),
});
