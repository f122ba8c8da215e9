import { z } from 'zod';
import { defineRoute } from '@/lib/api/define-route';
import { pageOf, pageQuery } from '@/lib/api/page';

const iso = z.iso.datetime();
const tag = 'Notifications';

/**
 * `mentioned`: in a comment; `replied`: in a thread that one wrote in; `resolved`: a thread that one started;
 * `suggestion`: one's suggestion was decided; `asked`: a step of a run waits for one's answer; `failed`: a run did;
 * `waiting`: a step waits for what only people can give, such as an agent that fits; `budget`: one passed its soft mark.
 */
export const notificationKinds = [
  'mentioned',
  'replied',
  'resolved',
  'suggestion',
  'asked',
  'failed',
  'waiting',
  'budget',
] as const;
export type NotificationKind = (typeof notificationKinds)[number];

export const notificationSchema = z.strictObject({
  /** Older ones are no UUIDs of the standard. */
  id: z.guid(),
  kind: z.enum(notificationKinds),
  /** Null: an account that is gone, a step that asks, or a budget. */
  actor: z.strictObject({ id: z.string(), name: z.string() }).nullable(),
  /** Null for what is about a budget. */
  workflow: z.strictObject({ id: z.uuid(), name: z.string() }).nullable(),
  /** Where it leads: a thread, a suggestion, or a step of a run. */
  threadId: z.uuid().optional(),
  suggestionId: z.uuid().optional(),
  runId: z.uuid().optional(),
  budgetId: z.uuid().optional(),
  stepId: z.string().optional(),
  /** The beginning of the comment, as plain text; the title of the suggestion; what is asked; why it failed or waits; what was spent. */
  text: z.string(),
  /** Of what a step asks or waits for: whether it still does. */
  open: z.boolean().optional(),
  /** How many runs of one workflow this tells of, where there are several: it leads to the newest. */
  count: z.int().min(2).optional(),
  createdAt: iso,
  readAt: iso.nullable(),
});
export type Notification = z.infer<typeof notificationSchema>;

export const listNotifications = defineRoute({
  id: 'notifications.list',
  method: 'GET',
  path: '/notifications',
  summary: 'Your notifications in this workspace, newest first.',
  tag,
  permission: 'notifications.own',
  query: pageQuery.extend({
    unread: z.stringbool().optional(),
    /** Only what steps ask that still wait for an answer. */
    waiting: z.stringbool().optional(),
  }),
  result: pageOf(notificationSchema),
});
export const countNotifications = defineRoute({
  id: 'notifications.count',
  method: 'GET',
  path: '/notifications/count',
  summary: 'Number of your unread notifications, up to 100.',
  tag,
  permission: 'notifications.own',
  result: z.strictObject({ unread: z.int() }),
});
export const readNotifications = defineRoute({
  id: 'notifications.read',
  method: 'POST',
  path: '/notifications/read',
  summary: 'Mark one notification as read, what tells of one run, or all of them without an id.',
  tag,
  permission: 'notifications.own',
  body: z.strictObject({
    id: z.guid().optional(),
    /** Only those that a run failed, or waits, by the run to which they lead. */
    runId: z.uuid().optional(),
  }),
  result: z.strictObject({ read: z.int() }),
});

export const notificationContracts = [listNotifications, countNotifications, readNotifications];
