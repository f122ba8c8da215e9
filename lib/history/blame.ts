import type { Authorship } from '@/lib/workflows/changes/authored-update';
import type { Burst } from './bursts';

/**
 * Who last changed each field of an element. `created`: who made it, where that is known; changes of one that went
 * and came again count no more.
 */
export function blameOf(
  bursts: readonly Burst[],
  element: string,
): { fields: Map<string, Authorship>; created?: Authorship } {
  const fields = new Map<string, Authorship>();
  let created: Authorship | undefined;
  for (const { userId, source, changedAt } of bursts) {
    for (const [field, at] of Object.entries(changedAt[element] ?? {})) {
      const last = { userId, source, at };
      if (field === '+' && at >= (created?.at ?? 0)) created = last;
      if (at >= (fields.get(field)?.at ?? 0)) fields.set(field, last);
    }
  }
  for (const [field, last] of fields) {
    const isMark = field === '+' || field.startsWith('-');
    if (isMark || last.at < (created?.at ?? 0)) fields.delete(field);
  }
  return created ? { fields, created } : { fields };
}
