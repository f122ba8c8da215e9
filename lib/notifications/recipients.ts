import { isAtLeast } from '@/lib/people/can';
import type { Role } from '@/lib/people/schema';

/** Who hears of runs that no person started: whoever published the version that ran, admins, or both. */
export const triggeredTo = ['publisher', 'admins', 'both'] as const;
export type TriggeredTo = (typeof triggeredTo)[number];

/** A run as far as it decides who hears of it. */
export type ToldRun = {
  kind: 'failed' | 'waiting';
  startedBy: string | null;
  publishedBy: string | null;
};

/**
 * Who hears that a run failed, or waits for what only people can give: whoever started it, and of one that nobody
 * started those of the setting. Members alone; where nobody of them is left, the admins. What waits concerns admins, too.
 */
export function recipientsOf(
  { kind, startedBy, publishedBy }: ToldRun,
  members: ReadonlyMap<string, Role>,
  triggered: TriggeredTo,
): string[] {
  const admins = [...members].flatMap(([id, role]) => (isAtLeast(role, 'admin') ? [id] : []));
  const isMember = (id: string | null): id is string => id !== null && members.has(id);
  const first = isMember(startedBy) ? [startedBy] : [];
  if (first.length === 0 && triggered !== 'admins' && isMember(publishedBy))
    first.push(publishedBy);
  const all =
    first.length === 0 || kind === 'waiting' || (first[0] !== startedBy && triggered === 'both');
  return [...new Set(all ? [...first, ...admins] : first)];
}
