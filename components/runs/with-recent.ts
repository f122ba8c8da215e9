import type { RunEvent } from '@/lib/runs/schema';

/** Events with those that follow them without a gap; behind a gap, as they were: what lies between must be fetched. */
export function withRecent(
  events: readonly RunEvent[],
  recent: readonly RunEvent[],
): readonly RunEvent[] {
  const last = events.at(-1)?.seq ?? 0;
  const fresh = recent.filter(({ seq }) => seq > last);
  return fresh[0]?.seq === last + 1 ? [...events, ...fresh] : events;
}
