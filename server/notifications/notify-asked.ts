import { isAtLeast } from '@/lib/people/can';
import type { Role } from '@/lib/people/schema';
import { roles as allRoles } from '@/lib/people/schema';
import type { Services } from '@/server/services';
import { insertAsked, markAnswered } from './store';

type Needs = Pick<Services, 'pool' | 'bus'>;
type Step = { runId: string; stepId: string };
type Attempt = Step & { attempt: number };

/**
 * Notifies all members with a role, or one that may do more, that a step waits for them. The same key tells
 * nobody twice; an attempt that is no longer held tells nobody at all, since somebody may have answered meanwhile.
 */
export async function notifyAsked(
  { pool, bus }: Needs,
  { role, ...asked }: Attempt & { role: Role; key: string; text: string },
): Promise<void> {
  const roles = allRoles.filter((one) => isAtLeast(one, role));
  const { workspaceId, people } = await insertAsked(pool, { ...asked, roles });
  for (const id of people) bus.publish(`workspace:${workspaceId}`, { kind: 'notification', id });
}

/** Nobody need answer any more. */
export async function notifyAnswered(
  { pool, bus }: Needs,
  { workspaceId, runId, stepId }: Step & { workspaceId: string },
): Promise<void> {
  const people = await markAnswered(pool, workspaceId, { runId, stepId });
  for (const id of people) bus.publish(`workspace:${workspaceId}`, { kind: 'notification', id });
}
