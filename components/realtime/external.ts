/** A value that changes and tells: what `useSyncExternalStore` wants. */
export type External<Value> = {
  get(): Value;
  subscribe(listener: () => void): () => void;
};

/** An {@link External} with a setter. Setting what is there already tells nobody. */
export function createExternal<Value>(
  initial: Value,
): External<Value> & { set(value: Value): void } {
  let current = initial;
  const listeners = new Set<() => void>();
  return {
    get: () => current,
    set(value) {
      if (Object.is(value, current)) return;
      current = value;
      for (const listener of [...listeners]) listener();
    },
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}
