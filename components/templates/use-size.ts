'use client';

import { useCallback, useState } from 'react';

export type Size = { width: number; height: number };

/** The size of an element in pixels, followed as it changes; undefined until it is on the page. */
export function useSize(): [
  (element: HTMLElement | null) => (() => void) | undefined,
  Size | undefined,
] {
  const [size, setSize] = useState<Size>();
  const ref = useCallback((element: HTMLElement | null) => {
    if (!element) return undefined;
    const observer = new ResizeObserver(() => {
      setSize({ width: element.clientWidth, height: element.clientHeight });
    });
    observer.observe(element);
    return () => observer.disconnect();
  }, []);
  return [ref, size];
}
