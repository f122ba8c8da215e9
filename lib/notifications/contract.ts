import { z } from 'zod';
import { defineRoute } from '@/lib/api/define-route';
import { pageOf, pageQuery } from '@/lib/api/page';

const iso = z.iso.datetime();
const tag = 'Notifications';

/**
 * `mentioned`: in a comment; `replied`: in a thread that one wrote in; `resolved`: a thread that one started;
 * `suggestion`: one's suggestion was decided.
 */
export const notificationKinds = ['mentioned', 'replied', 'resolved', 'suggestion'] as const;
export type NotificationKind = (typeof notificationKinds)[number];

export const notificationSchema = z.strictObject({
  id: z.uuid(),
  kind: z.enum(notificationKinds),
  /** Null: an account that is gone. */
  actor: z.strictObject({ id: z.string(), name: z.string() }).nullable(),
  workflow: z.strictObject({ id: z.uuid(), name: z.string() }),
  /** Where it leads: a thread, or a suggestion. */
  threadId: z.uuid().optional(),
  suggestionId: z.uuid().optional(),
  /** The beginning of the comment, as plain text; the title of the suggestion. */
  text: z.string(),
  createdAt: iso,
  readAt: iso.nullable(),
});
export type Notification = z.infer<typeof notificationSchema>;

export const listNotifications = defineRoute({
  id: 'notifications.list',
  method: 'GET',
  path: '/notifications',
  summary: 'One’s own notifications in this workspace, newest first.',
  tag,
  permission: 'notifications.own',
  query: pageQuery.extend({ unread: z.stringbool().optional() }),
  result: pageOf(notificationSchema),
});
export const countNotifications = defineRoute({
  id: 'notifications.count',
  method: 'GET',
  path: '/notifications/count',
  summary: 'How many of one’s notifications are unread; counts to 100.',
  tag,
  permission: 'notifications.own',
  result: z.strictObject({ unread: z.int() }),
});
export const readNotifications = defineRoute({
  id: 'notifications.read',
  method: 'POST',
  path: '/notifications/read',
  summary: 'Mark one notification as read, or all without an id.',
  tag,
  permission: 'notifications.own',
  body: z.strictObject({ id: z.uuid().optional() }),
  result: z.strictObject({ read: z.int() }),
});

export const notificationContracts = [listNotifications, countNotifications, readNotifications];
