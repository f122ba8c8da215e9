import type { PoolClient } from 'pg';
import { nextTimes } from '@/lib/triggers/next-times';
import { resetMailbox } from './mail/mailbox-store';
import { triggersOf, updateValues } from './store';

/**
 * Lets the schedules and mailboxes of a workflow that rested go on with their next time after `now` (milliseconds since 1970): what
 * passed meanwhile was meant not to start.
 */
export async function resumeSchedules(
  client: PoolClient,
  workspaceId: string,
  workflowId: string,
  now: number,
): Promise<void> {
  for (const { id, kind, name, enabled, config } of await triggersOf(
    client,
    workspaceId,
    workflowId,
  )) {
    if (kind === 'mail') await resetMailbox(client, id, true);
    if (kind !== 'schedule' || !enabled) continue;
    const next = nextTimes(config, now, 1)[0];
    const nextAt = next === undefined ? null : new Date(next);
    await updateValues(client, id, { name, enabled, config, nextAt });
  }
}
