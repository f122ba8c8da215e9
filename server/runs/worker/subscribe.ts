import type { Bus, RunMessage } from '@/server/bus/bus';

const lingerMs = 3000;

/**
 * Listens to the runs that this worker has steps of. The subscription outlives the last step a little, since the
 * next one is often about to start.
 */
export function createWatch(bus: Bus, hear: (runId: string, message: RunMessage) => void) {
  const watched = new Map<
    string,
    { count: number; end: Promise<() => void>; timer?: NodeJS.Timeout }
  >();
  const leave = (runId: string) => {
    const entry = watched.get(runId);
    if (entry === undefined) return;
    watched.delete(runId);
    clearTimeout(entry.timer);
    entry.end.then((end) => end()).catch(() => undefined);
  };
  return {
    enter(runId: string) {
      const known = watched.get(runId);
      if (known) {
        known.count += 1;
        clearTimeout(known.timer);
        return;
      }
      const end = bus.subscribe(`run:${runId}`, (message) => hear(runId, message));
      end.catch(() => watched.delete(runId));
      watched.set(runId, { count: 1, end });
    },
    exit(runId: string) {
      const entry = watched.get(runId);
      if (entry === undefined) return;
      entry.count -= 1;
      if (entry.count > 0) return;
      entry.timer = setTimeout(() => leave(runId), lingerMs);
      entry.timer.unref();
    },
    close() {
      for (const runId of [...watched.keys()]) leave(runId);
    },
  };
}
