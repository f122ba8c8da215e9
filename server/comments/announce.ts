import type { Actor } from '@/lib/people/schema';
import type { Services } from '@/server/services';

/** Tells open pages that a workflow's comments changed, and who has a new notification. */
export function announce(
  { bus }: Pick<Services, 'bus'>,
  { workspaceId }: Pick<Actor, 'workspaceId'>,
  workflowId: string,
  notified: readonly string[] = [],
): void {
  bus.publish(`workspace:${workspaceId}`, { kind: 'comment', id: workflowId });
  for (const id of notified) bus.publish(`workspace:${workspaceId}`, { kind: 'notification', id });
}
