import * as contracts from '@/lib/notifications/settings-contract';
import { handle } from '@/server/http/handle';
import { route } from '@/server/http/route';
import { testNotification } from '@/server/notifications/settings/settings';

export const { GET, POST, PUT, PATCH, DELETE } = route({
  POST: handle(contracts.testNotification, testNotification),
});
