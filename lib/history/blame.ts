import type { Burst } from './bursts';

/** Who touched something last, and when (milliseconds since 1970). */
export type Touch = { userId: string | null; origin: string; at: number };

/**
 * Who last touched each field of an element. `created`: who made it, where that is known; touches of one that went
 * and came again count no more.
 */
export function blameOf(
  bursts: readonly Burst[],
  element: string,
): { fields: Map<string, Touch>; created?: Touch } {
  const fields = new Map<string, Touch>();
  let created: Touch | undefined;
  for (const { userId, origin, touched } of bursts) {
    for (const [field, at] of Object.entries(touched[element] ?? {})) {
      const touch = { userId, origin, at };
      if (field === '+' && at >= (created?.at ?? 0)) created = touch;
      if (at >= (fields.get(field)?.at ?? 0)) fields.set(field, touch);
    }
  }
  for (const [field, touch] of fields) {
    const isMark = field === '+' || field.startsWith('-');
    if (isMark || touch.at < (created?.at ?? 0)) fields.delete(field);
  }
  return created ? { fields, created } : { fields };
}
