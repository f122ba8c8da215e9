'use client';

import { useCallback, useEffect, useRef, useState } from 'react';

/** How far from the end still counts as at the end, in pixels. */
const slack = 48;

/** Keeps a scrolled region at its end while its content grows, until the person scrolls away from there. */
export function useStickToEnd() {
  const scroller = useRef<HTMLElement>(null);
  const content = useRef<HTMLDivElement>(null);
  const stuck = useRef(true);
  const [away, setAway] = useState(false);
  const toEnd = useCallback(() => {
    const element = scroller.current;
    if (element) element.scrollTop = element.scrollHeight;
  }, []);
  useEffect(() => {
    const region = scroller.current;
    const inner = content.current;
    if (!region || !inner) return;
    const onScroll = () => {
      stuck.current = region.scrollHeight - region.scrollTop - region.clientHeight < slack;
      setAway(!stuck.current);
    };
    const growth = new ResizeObserver(() => {
      if (stuck.current) region.scrollTop = region.scrollHeight;
    });
    growth.observe(inner);
    region.addEventListener('scroll', onScroll, { passive: true });
    region.scrollTop = region.scrollHeight;
    return () => {
      growth.disconnect();
      region.removeEventListener('scroll', onScroll);
    };
  }, []);
  return { scroller, content, away, toEnd };
}
