import { useSyncExternalStore } from 'react';
import type { Observable } from './observable';

/** The value of an observable, or what `select` picks of it; renders again only when that changes (by identity). */
export function useObservable<Value>(observable: Observable<Value>): Value;
export function useObservable<Value, Part>(
  observable: Observable<Value>,
  select: (value: Value) => Part,
): Part;
export function useObservable<Value>(
  observable: Observable<Value>,
  select: (value: Value) => unknown = (value) => value,
): unknown {
  const read = () => select(observable.get());
  return useSyncExternalStore(observable.subscribe, read, read);
}
