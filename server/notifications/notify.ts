import type { PoolClient } from 'pg';
import type { NotificationKind } from '@/lib/notifications/contract';
import type { Actor } from '@/lib/people/schema';
import { deleteAbout, insertNotifications, type Subject } from './store';

/** People to notify, by reason. The first reason in this order counts: nobody hears of one thing twice. */
type Reasons = Partial<Record<NotificationKind, readonly string[]>>;
const order: readonly NotificationKind[] = ['mentioned', 'replied', 'resolved'];

/**
 * Notifies members, never the actor, in the transaction of what happened.
 * Answers with who has something new.
 */
export async function notify(
  client: PoolClient,
  actor: Pick<Actor, 'userId' | 'workspaceId'>,
  subject: Subject,
  reasons: Reasons,
): Promise<string[]> {
  const known = new Set([actor.userId]);
  const notified: string[] = [];
  for (const kind of order) {
    const people = [...new Set(reasons[kind] ?? [])].filter((id) => !known.has(id));
    for (const id of people) known.add(id);
    notified.push(...(await insertNotifications(client, actor, subject, kind, people)));
  }
  return notified;
}

/** Takes away what was said of a comment or a thread that is gone. */
export function forgetNotifications(
  client: PoolClient,
  workspaceId: string,
  about: { commentId: string } | { threadId: string },
): Promise<void> {
  return deleteAbout(client, workspaceId, about);
}
