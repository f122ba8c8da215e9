'use client';

import { type ComponentType, useEffect, useSyncExternalStore } from 'react';
import { onIdle } from './on-idle';

/** After the page has loaded, code that nobody has requested yet is fetched within this time. */
const restMs = 2_500;

/** Fetches the code of each part that was made and not fetched yet. */
const fetches = new Set<() => Promise<void>>();

/** Fetches the code of all parts, and of the parts in them. Tests of a page's parts begin with it. */
export async function fetchAllLater(): Promise<void> {
  while (fetches.size > 0) await Promise.all([...fetches].map((fetch) => fetch()));
}

/**
 * A component whose code does not belong to a page's first load. It is fetched when the page is at rest, or once it is
 * needed; until then `Meanwhile` stands in its place. From then on it is rendered at once.
 */
export function later<Props extends object>(
  load: () => Promise<ComponentType<Props>>,
  Meanwhile: ComponentType<Props>,
): ComponentType<Props> {
  let part: ComponentType<Props> | undefined;
  let fetching: Promise<void> | undefined;
  const listeners = new Set<() => void>();
  const fetch = () => {
    fetching ??= load().then(
      (found) => {
        part = found;
        fetches.delete(fetch);
        for (const listener of [...listeners]) listener();
      },
      // No network: fetched again by the next one that needs it.
      () => {
        fetching = undefined;
      },
    );
    return fetching;
  };
  fetches.add(fetch);
  if (typeof window !== 'undefined') whenAtRest(() => void fetch());
  const subscribe = (listener: () => void) => {
    listeners.add(listener);
    return () => listeners.delete(listener);
  };
  return function Later(props: Props) {
    const Part = useSyncExternalStore(
      subscribe,
      () => part,
      () => undefined,
    );
    useEffect(() => void fetch(), []);
    return Part ? <Part {...props} /> : <Meanwhile {...props} />;
  };
}

function whenAtRest(work: () => void): void {
  const wait = () => setTimeout(() => onIdle(work, restMs), restMs);
  if (document.readyState === 'complete') wait();
  else addEventListener('load', wait, { once: true });
}
