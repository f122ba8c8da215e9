'use client';

import { useNow } from '@/components/ui/display/time-ago';
import { nextTimes, type Rhythm } from '@/lib/triggers/next-times';
import { timeIn, timeUntil } from './parts/trigger-words';

/** The next five times of a schedule, drawn as beads on a line. */
export function NextList({ cron, timeZone }: Rhythm) {
  const now = useNow();
  if (now === 0) return null;
  // By the minute: the list is the same until the next one begins.
  const minute = Math.floor(now / 60_000) * 60_000;
  const times = nextTimes({ cron, timeZone }, minute, 5);
  if (times.length === 0) {
    return <p className="text-xs text-warning">This date never occurs.</p>;
  }
  return (
    <ol aria-label="Next times" className="flex flex-col text-xs tabular">
      {times.map((at, index) => (
        <li key={at} className="relative flex h-6 items-center gap-2.5 pl-4">
          <span
            aria-hidden
            className="absolute inset-y-0 left-[3px] w-px bg-border-strong group-last:hidden"
            style={
              index === 0 ? { top: '50%' } : index === times.length - 1 ? { bottom: '50%' } : {}
            }
          />
          <span
            aria-hidden
            className={
              index === 0
                ? 'absolute left-0 size-[7px] rounded-full bg-accent'
                : 'absolute left-0 size-[7px] rounded-full border border-border-strong bg-raised'
            }
          />
          <span className={index === 0 ? 'font-medium' : 'text-muted'}>{timeIn(timeZone, at)}</span>
          <span className="ml-auto text-faint">{timeUntil(at, now)}</span>
        </li>
      ))}
    </ol>
  );
}
