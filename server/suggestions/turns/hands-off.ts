import type * as Y from 'yjs';
import { handsOffMs } from '@/lib/canvas-turns/agent-edit';
import type { DraftLock } from '@/lib/realtime/messages';
import type { AuthoredChange } from '@/lib/workflows/changes/authored-update';
import type { Services } from '@/server/services';
import { peopleOf } from '@/server/workflows/history/people';
import { lockedBy } from '@/server/workflows/locks/locked-by';

type Seen = {
  doc: Y.Doc;
  /** What was changed lately, by whom. */
  recent: readonly AuthoredChange[];
  locks: readonly DraftLock[];
  now: number;
};

/**
 * Why an agent keeps off a step, for people and for the agent: a person touched it within the last seconds, or it is locked,
 * by whomever. Undefined: it may change it.
 */
export async function handsOffIn(
  services: Pick<Services, 'pool'>,
  { doc, recent, locks, now }: Seen,
): Promise<(nodeId: string) => string | undefined> {
  const touched = new Map<string, string>();
  for (const { userId, at, changedPaths } of recent) {
    if (userId === null || at < now - handsOffMs) continue;
    for (const element of Object.keys(changedPaths)) touched.set(element, userId);
  }
  const person = await peopleOf(services, new Set(touched.values()));
  return (nodeId) => {
    const element = `nodes/${nodeId}`;
    const locked = lockedBy(doc, locks, null, [element]);
    if (locked !== undefined) return `${locked}. Leave this step as it is.`;
    const by = touched.get(element);
    if (by === undefined) return undefined;
    const name = person(by)?.name ?? 'Somebody';
    return `${name} is working on this step just now. Leave it as it is, and say so.`;
  };
}
