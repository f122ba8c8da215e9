import type { AgentStatus } from '@/lib/agents/status/machine';
import type { StatusChange } from '@/lib/agents/status/schema';

export type Stretch = { status: AgentStatus; cause: string; from: number; to: number };

/** The time from `start` to `end` as stretches of one status each; changes come the newest first. Before the first one nothing is known. */
export function stretchesOf(
  changes: readonly StatusChange[],
  start: number,
  end: number,
): Stretch[] {
  const found: Stretch[] = [];
  let to = end;
  for (const { status, cause, at } of changes) {
    const from = Math.max(Date.parse(at), start);
    if (from < to) found.push({ status, cause, from, to });
    to = Math.min(to, from);
    if (to <= start) break;
  }
  return found.reverse();
}
