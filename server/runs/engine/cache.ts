import type { StoredRun } from '@/server/runs/journal/store';

const maxRuns = 2000;
const maxBytes = 128 * 1024 * 1024;
/** What a state weighs beside its values: roughly, and rather too much. */
const baseBytes = 16 * 1024;

/** Runs that this process changed lately, least recently used first out. The rows stay the truth. */
export function createCache(limits = { runs: maxRuns, bytes: maxBytes }) {
  const runs = new Map<string, StoredRun>();
  let bytes = 0;
  const weightOf = (run: StoredRun) => baseBytes + run.snapshotBytes + run.eventBytes;
  const remove = (id: string) => {
    const known = runs.get(id);
    if (known === undefined) return;
    runs.delete(id);
    bytes -= weightOf(known);
  };
  return {
    get: (id: string) => runs.get(id),
    set(id: string, run: StoredRun) {
      remove(id);
      runs.set(id, run);
      bytes += weightOf(run);
      for (const oldest of runs.keys()) {
        if (runs.size <= limits.runs && bytes <= limits.bytes) break;
        remove(oldest);
      }
    },
    delete: remove,
    size: () => runs.size,
  };
}
