import { z } from 'zod';
import { defineRoute } from '@/lib/api/define-route';
import { pageOf, pageQuery } from '@/lib/api/page';
import { notificationKinds } from './contract';
import { triggeredTo } from './recipients';

const tag = 'Notifications';
const iso = z.iso.datetime();

export const choiceSchema = z.strictObject({
  kind: z.enum(notificationKinds),
  bell: z.boolean(),
  email: z.boolean(),
});

/** What a workspace tells other programs. */
export const hookEvents = ['run.failed', 'run.waiting'] as const;
export type HookEvent = (typeof hookEvents)[number];

export const notificationSettingsSchema = z.strictObject({
  /** Who hears of runs that nobody started. */
  triggeredTo: z.enum(triggeredTo),
  /** Name of the connection to the mail server that sends them; null: nobody gets e-mail. */
  mailConnection: z.string().min(1).max(100).nullable(),
  webhook: z
    .strictObject({
      url: z
        .url({ protocol: /^https?$/, error: 'enter an address that begins with https://' })
        .max(2_000),
      /** Name of the connection that signs it. */
      connection: z.string().min(1).max(100),
      events: z
        .array(z.enum(hookEvents))
        .min(1, 'choose at least one event')
        .max(hookEvents.length),
    })
    .nullable(),
});
export type NotificationSettings = z.infer<typeof notificationSettingsSchema>;

export const deliveryStates = ['due', 'sent', 'failed'] as const;
export const notificationDeliverySchema = z.strictObject({
  id: z.uuid(),
  channel: z.enum(['mail', 'webhook']),
  /** A kind of notification, an event of the webhook, or `test`. */
  event: z.string(),
  /** Who gets the e-mail; null for the webhook, and for somebody who left. */
  person: z.string().nullable(),
  state: z.enum(deliveryStates),
  attempts: z.int(),
  /** Why the last attempt failed. */
  error: z.string().nullable(),
  createdAt: iso,
  /** When it is tried next, while it is due. */
  nextAt: iso.nullable(),
  endedAt: iso.nullable(),
});
export type NotificationDelivery = z.infer<typeof notificationDeliverySchema>;

export const listChoices = defineRoute({
  id: 'notifications.choices',
  method: 'GET',
  path: '/notification-choices',
  summary: 'Which kinds of notifications you get in the bell and by email.',
  tag,
  permission: 'notifications.own',
  result: z.strictObject({
    items: z.array(choiceSchema),
    /** Whether this workspace sends e-mail at all. */
    mail: z.boolean(),
  }),
});
export const putChoice = defineRoute({
  id: 'notifications.choose',
  method: 'PUT',
  path: '/notification-choices',
  summary:
    'Choose for one kind of notifications whether the bell shows it and whether you get it by email.',
  tag,
  permission: 'notifications.own',
  body: choiceSchema,
  result: choiceSchema,
});
export const getNotificationSettings = defineRoute({
  id: 'notifications.settings',
  method: 'GET',
  path: '/notification-settings',
  summary: 'How this workspace sends notifications.',
  tag,
  permission: 'workspace.manage',
  result: notificationSettingsSchema,
});
export const putNotificationSettings = defineRoute({
  id: 'notifications.set',
  method: 'PUT',
  path: '/notification-settings',
  summary: 'Set how this workspace sends notifications.',
  tag,
  permission: 'workspace.manage',
  body: notificationSettingsSchema.extend({
    /** What you read: where it is otherwise now, nothing is changed. */
    was: notificationSettingsSchema.optional(),
  }),
  result: notificationSettingsSchema,
});
export const testNotification = defineRoute({
  id: 'notifications.test',
  method: 'POST',
  path: '/notification-settings/test',
  summary: 'Send a test: an email to yourself, or an event `test` to the webhook.',
  tag,
  permission: 'workspace.manage',
  body: z.strictObject({ channel: z.enum(['mail', 'webhook']) }),
  result: z.strictObject({ id: z.uuid() }),
  status: 201,
});
export const listNotificationDeliveries = defineRoute({
  id: 'notifications.deliveries',
  method: 'GET',
  path: '/notification-deliveries',
  summary:
    'Emails and webhooks of this workspace’s notifications, newest first, with why one failed.',
  tag,
  permission: 'workspace.manage',
  query: pageQuery,
  result: pageOf(notificationDeliverySchema),
});

export const notificationSettingsContracts = [
  ...[listChoices, putChoice, getNotificationSettings, putNotificationSettings],
  ...[testNotification, listNotificationDeliveries],
];
