import * as contracts from '@/lib/notifications/settings-contract';
import { handle } from '@/server/http/handle';
import { route } from '@/server/http/route';
import {
  getNotificationSettings,
  putNotificationSettings,
} from '@/server/notifications/settings/settings';

export const { GET, POST, PUT, PATCH, DELETE } = route({
  GET: handle(contracts.getNotificationSettings, getNotificationSettings),
  PUT: handle(contracts.putNotificationSettings, putNotificationSettings),
});
