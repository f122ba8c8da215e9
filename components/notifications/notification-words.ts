import type { Notification, NotificationKind } from '@/lib/notifications/contract';
import { notificationHref } from '@/lib/notifications/href';

const verbs: Record<NotificationKind, string> = {
  mentioned: 'mentioned you',
  replied: 'replied',
  resolved: 'resolved your thread',
  suggestion: 'reviewed your suggestion',
  asked: 'is waiting for your answer',
  failed: 'failed',
  waiting: 'waits for help',
  budget: 'has passed its warning mark',
};
const ofMany: Partial<Record<NotificationKind, string>> = { waiting: 'wait for help' };

/** What nobody did by hand. */
const byNobody: Partial<Record<NotificationKind, string>> = {
  asked: 'A run',
  failed: 'A run',
  waiting: 'A run',
  budget: 'A budget',
};

/** Who or what a notification is of. */
export const whoOf = ({ actor, kind, count }: Notification): string =>
  count === undefined
    ? (actor?.name ?? byNobody[kind] ?? 'Former member')
    : `${count.toLocaleString('en-US')} runs`;

/** What they did, or what became of it. */
export function whatOf({ kind, open, count }: Notification): string {
  if (count !== undefined) return ofMany[kind] ?? verbs[kind];
  if (open === false)
    return kind === 'waiting' ? 'no longer waits' : 'no longer waits for an answer';
  return verbs[kind];
}

/** Where a notification leads. */
export const hrefOf = ({ workflow, ...place }: Notification): string =>
  notificationHref({ ...place, workflowId: workflow?.id ?? null });
