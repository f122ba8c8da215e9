import { createStore } from 'zustand/vanilla';

/** A value that changes and notifies its listeners. */
export type Observable<Value> = {
  get(): Value;
  subscribe(listener: () => void): () => void;
};

/** An {@link Observable} with a setter. Setting an identical value notifies nobody. */
export type WritableObservable<Value> = Observable<Value> & {
  set(next: Value | ((now: Value) => Value)): void;
};

export function createObservable<Value>(initial: Value): WritableObservable<Value> {
  const { getState, setState, subscribe } = createStore<Value>()(() => initial);
  return { get: getState, set: (next) => setState(next, true), subscribe };
}
