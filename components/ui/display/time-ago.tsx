'use client';

import { useSyncExternalStore } from 'react';
import { exactTime, timeAgo } from '../format';

let now = 0;
const listeners = new Set<() => void>();
let timer: ReturnType<typeof setInterval> | undefined;

/** One clock for the page, ticking each second while anything shows it. */
function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  if (!timer) {
    now = Date.now();
    timer = setInterval(() => {
      now = Date.now();
      for (const each of listeners) each();
    }, 1_000);
  }
  return () => {
    listeners.delete(listener);
    if (listeners.size === 0) {
      clearInterval(timer);
      timer = undefined;
    }
  };
}

const none = () => () => undefined;
const current = () => (timer ? now : Math.floor(Date.now() / 1_000) * 1_000);

/** The current time in milliseconds, by the second while `ticking`; 0 on the server. */
export function useNow(ticking = true): number {
  return useSyncExternalStore(ticking ? subscribe : none, current, () => 0);
}

/** "4 min ago", with the exact time on hover. */
export function TimeAgo({ at, className }: { at: string | number; className?: string }) {
  const time = useNow();
  const date = new Date(at);
  return (
    <time
      dateTime={date.toISOString()}
      title={time === 0 ? undefined : exactTime(date)}
      className={className}
      suppressHydrationWarning
    >
      {time === 0 ? '' : timeAgo(date.getTime(), time)}
    </time>
  );
}
