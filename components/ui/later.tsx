'use client';

import { type ComponentType, useEffect, useSyncExternalStore } from 'react';
import { onIdle } from './on-idle';

/** After the page has loaded, code that nobody has requested yet is fetched within this time. */
const restMs = 2_500;

/**
 * A component whose code does not belong to a page's first load. It is fetched when the page is at rest, or once it is
 * needed; until then `Meanwhile` stands in its place. From then on it is rendered at once.
 */
export function later<Props extends object>(
  load: () => Promise<ComponentType<Props>>,
  Meanwhile: ComponentType<Props>,
): ComponentType<Props> {
  let part: ComponentType<Props> | undefined;
  let requested = false;
  const listeners = new Set<() => void>();
  const fetch = () => {
    if (requested) return;
    requested = true;
    load().then(
      (found) => {
        part = found;
        for (const listener of [...listeners]) listener();
      },
      // No network: fetched again by the next one that needs it.
      () => {
        requested = false;
      },
    );
  };
  if (typeof window !== 'undefined') whenAtRest(fetch);
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
    useEffect(fetch, []);
    return Part ? <Part {...props} /> : <Meanwhile {...props} />;
  };
}

function whenAtRest(work: () => void): void {
  const wait = () => setTimeout(() => onIdle(work, restMs), restMs);
  if (document.readyState === 'complete') wait();
  else addEventListener('load', wait, { once: true });
}
