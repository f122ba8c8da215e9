import type { Bus, RunMessage } from '@/server/bus/bus';

const lingerMs = 3000;

/**
 * Listens to the runs that this worker has steps of. The subscription outlives the last step a little, since the
 * next one is often about to start.
 */
export function createSubscriptions(
  bus: Bus,
  onMessage: (runId: string, message: RunMessage) => void,
) {
  const subscribed = new Map<
    string,
    { count: number; end: Promise<() => void>; timer?: NodeJS.Timeout }
  >();
  const leave = (runId: string) => {
    const entry = subscribed.get(runId);
    if (entry === undefined) return;
    subscribed.delete(runId);
    clearTimeout(entry.timer);
    entry.end.then((end) => end()).catch(() => undefined);
  };
  return {
    enter(runId: string) {
      const known = subscribed.get(runId);
      if (known) {
        known.count += 1;
        clearTimeout(known.timer);
        return;
      }
      const end = bus.subscribe(`run:${runId}`, (message) => onMessage(runId, message));
      end.catch(() => subscribed.delete(runId));
      subscribed.set(runId, { count: 1, end });
    },
    exit(runId: string) {
      const entry = subscribed.get(runId);
      if (entry === undefined) return;
      entry.count -= 1;
      if (entry.count > 0) return;
      entry.timer = setTimeout(() => leave(runId), lingerMs);
      entry.timer.unref();
    },
    close() {
      for (const runId of [...subscribed.keys()]) leave(runId);
    },
  };
}
