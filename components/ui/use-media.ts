'use client';

import { useSyncExternalStore } from 'react';

/** Whether the window fits a media query, e.g. `(max-width: 767px)`; false on the server. */
export function useMedia(query: string): boolean {
  return useSyncExternalStore(
    (listener) => {
      const list = matchMedia(query);
      list.addEventListener('change', listener);
      return () => list.removeEventListener('change', listener);
    },
    () => matchMedia(query).matches,
    () => false,
  );
}
