import type { Pool } from 'pg';

export type Marked<Value> = { mark: string; value: Value };
type Entry<Value> = { mark: string; value: Promise<Value>; size: number };

/** How much is kept of all workspaces together; beyond it those that were asked for longest ago are let go. */
const most = { items: 20_000, workspaces: 200 };

/**
 * Keeps what is read of a workspace for as long as its mark in the database stays the same, so that a process that changes
 * something needs to tell nobody. `read` gives the mark that belongs to what it read: the one asked with may be older.
 */
export function keeping<Value>(sizeOf: (value: Value) => number) {
  const pools = new WeakMap<Pool, Map<string, Entry<Value>>>();
  return async (
    pool: Pool,
    { workspaceId, mark }: { workspaceId: string; mark: string },
    read: () => Promise<Marked<Value>>,
  ): Promise<Value> => {
    const entries = pools.get(pool) ?? new Map<string, Entry<Value>>();
    pools.set(pool, entries);
    const known = entries.get(workspaceId);
    entries.delete(workspaceId);
    const entry = known?.mark === mark ? known : reading(mark, read, sizeOf);
    entries.set(workspaceId, entry);
    try {
      const value = await entry.value;
      forgetOldest(entries);
      return value;
    } catch (error) {
      if (entries.get(workspaceId) === entry) entries.delete(workspaceId);
      throw error;
    }
  };
}

function reading<Value>(
  mark: string,
  read: () => Promise<Marked<Value>>,
  sizeOf: (value: Value) => number,
): Entry<Value> {
  const found = read();
  const value = found.then((marked) => {
    entry.mark = marked.mark;
    entry.size = sizeOf(marked.value);
    return marked.value;
  });
  const entry: Entry<Value> = { mark, value, size: 0 };
  return entry;
}

/** The newest stays, however large it is. */
function forgetOldest(entries: Map<string, { size: number }>): void {
  let items = [...entries.values()].reduce((sum, { size }) => sum + size, 0);
  for (const [key, { size }] of entries) {
    const fits = items <= most.items && entries.size <= most.workspaces;
    if (fits || entries.size === 1) return;
    entries.delete(key);
    items -= size;
  }
}
