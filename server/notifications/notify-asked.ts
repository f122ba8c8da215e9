import type { Asked } from '@/lib/nodes/node-type/define-node';
import { isAtLeast } from '@/lib/people/can';
import { roles as allRoles, type Role } from '@/lib/people/schema';
import type { Services } from '@/server/services';
import { insertAsked, markAnswered, membersAmong } from './store';

type Needs = Pick<Services, 'pool' | 'bus'>;
type Step = { runId: string; stepId: string };
const from = (least: Role) => allRoles.filter((one) => isAtLeast(one, least));
type Attempt = Step & { attempt: number };

/**
 * Notifies all members with a role, or one that may do more, that a step waits for them; of named people, these alone,
 * and admins where none of them is a member. The same key tells nobody twice; an attempt that is no longer held tells
 * nobody at all, since somebody may have answered meanwhile. `reached`: somebody of those who were meant is a member.
 */
export async function notifyAsked(
  { pool, bus }: Needs,
  { role, people: named = [], ...asked }: Attempt & Asked,
): Promise<{ reached: boolean }> {
  const members =
    named.length === 0 ? [] : await membersAmong(pool, asked.runId, named, from('commenter'));
  const reached = named.length === 0 || members.length > 0;
  const least = reached ? role : 'admin';
  const roles = members.length > 0 ? [] : from(least);
  const { workspaceId, people } = await insertAsked(pool, { ...asked, roles, members });
  for (const id of people) bus.publish(`workspace:${workspaceId}`, { kind: 'notification', id });
  return { reached };
}

/** Nobody need answer any more. */
export async function notifyAnswered(
  { pool, bus }: Needs,
  { workspaceId, runId, stepId }: Step & { workspaceId: string },
): Promise<void> {
  const people = await markAnswered(pool, workspaceId, { runId, stepId });
  for (const id of people) bus.publish(`workspace:${workspaceId}`, { kind: 'notification', id });
}
