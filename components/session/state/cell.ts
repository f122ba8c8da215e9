import { useSyncExternalStore } from 'react';

/** One observable value: what a piece of the screen needs and nothing else re-renders for. */
export type Cell<Value> = {
  get(): Value;
  set(next: Value | ((now: Value) => Value)): void;
  subscribe(listener: () => void): () => void;
};

/** Makes a cell. Setting an identical value tells nobody. */
export function createCell<Value>(initial: Value): Cell<Value> {
  let value = initial;
  const listeners = new Set<() => void>();
  return {
    get: () => value,
    set(next) {
      const now = typeof next === 'function' ? (next as (now: Value) => Value)(value) : next;
      if (Object.is(now, value)) return;
      value = now;
      for (const listener of [...listeners]) listener();
    },
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}

/** The part of a cell that `select` picks; re-renders only when that part changes (by identity). */
export function useCell<Value, Part>(
  cell: Pick<Cell<Value>, 'get' | 'subscribe'>,
  select: (value: Value) => Part,
): Part {
  const read = () => select(cell.get());
  return useSyncExternalStore(cell.subscribe, read, read);
}
