import type { Disk, Step } from '../offline-store/disk';
import { createOfflineStore, type OfflineStore } from '../offline-store/offline-store';
import { isInRange, type Row } from '../offline-store/rows';
import type { TabLocks } from '../offline-store/tab-locks';

export type MemoryDisk = Disk & {
  /** What lay on it after each step so far, the empty disk first. */
  readonly states: readonly (readonly Row[])[];
  /** Asked before each step: what it gives is thrown instead. */
  refuses: (() => Error) | undefined;
  /** Called after each step. */
  onStep: (() => void) | undefined;
};

/** A disk for tests, which outlives its tabs. */
export function createMemoryDisk(begin: readonly Row[] = []): MemoryDisk {
  const states: (readonly Row[])[] = [begin];
  const keyOf = ({ draft, tab, number }: Row) =>
    `${draft}\u0000${tab}\u0000${String(number).padStart(9, '0')}`;
  const after = (rows: readonly Row[], { remove = [], put = [] }: Step) => {
    const found = new Map(
      rows
        .filter((row) => !remove.some((at) => isInRange(row, at)))
        .map((row) => [keyOf(row), row]),
    );
    for (const row of put) found.set(keyOf(row), row);
    return [...found].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, row]) => row);
  };
  const now = () => states.at(-1) ?? [];
  const disk: MemoryDisk = {
    states,
    refuses: undefined,
    onStep: undefined,
    read: async (...range) => now().filter((row) => isInRange(row, range)),
    keys: async (beginning) =>
      now()
        .filter(({ draft }) => draft.startsWith(beginning))
        .map(({ draft, tab, number }) => ({ draft, tab, number })),
    commit(steps) {
      if (disk.refuses) return Promise.reject(disk.refuses());
      states.push(steps.reduce(after, now()));
      disk.onStep?.();
      return Promise.resolve();
    },
  };
  return disk;
}

/** Locks of tabs that all live in this process. */
export function createMemoryLocks(): TabLocks {
  const held = new Set<string>();
  const hold = (name: string) => {
    held.add(name);
    return () => void held.delete(name);
  };
  return {
    hold,
    tryHold: async (name) => (held.has(name) ? undefined : hold(name)),
    held: async () => new Set(held),
  };
}

export const createMemoryOfflineStore = (): OfflineStore =>
  createOfflineStore(createMemoryDisk(), createMemoryLocks());
