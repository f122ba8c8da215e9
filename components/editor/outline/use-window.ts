'use client';

import { type RefObject, useCallback, useEffect, useState } from 'react';

/** Rows drawn above and below those that are seen. */
const spare = 12;

/** Which rows of equal height can be seen in a scrolling box, so that the others need not be drawn. */
export function useWindow(box: RefObject<HTMLElement | null>, count: number, rowHeight: number) {
  const [seen, setSeen] = useState({ top: 0, height: 800 });
  useEffect(() => {
    const element = box.current;
    if (!element) return undefined;
    const measure = () =>
      setSeen((now) =>
        now.top === element.scrollTop && now.height === element.clientHeight
          ? now
          : { top: element.scrollTop, height: element.clientHeight },
      );
    measure();
    element.addEventListener('scroll', measure, { passive: true });
    const resize = new ResizeObserver(measure);
    resize.observe(element);
    return () => {
      element.removeEventListener('scroll', measure);
      resize.disconnect();
    };
  }, [box]);
  const first = Math.max(0, Math.floor(seen.top / rowHeight) - spare);
  const last = Math.min(count, Math.ceil((seen.top + seen.height) / rowHeight) + spare);
  const show = useCallback(
    (index: number) => {
      const element = box.current;
      if (!element) return;
      const top = index * rowHeight;
      if (top < element.scrollTop) element.scrollTop = top;
      else if (top + rowHeight > element.scrollTop + element.clientHeight) {
        element.scrollTop = top + rowHeight - element.clientHeight;
      }
    },
    [box, rowHeight],
  );
  return { first, last, show };
}
