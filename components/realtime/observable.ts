/** A value that changes and tells: what `useSyncExternalStore` wants. */
export type Observable<Value> = {
  get(): Value;
  subscribe(listener: () => void): () => void;
};

/** An {@link Observable} with a setter. Setting what is there already tells nobody. */
export function createObservable<Value>(
  initial: Value,
): Observable<Value> & { set(value: Value): void } {
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
