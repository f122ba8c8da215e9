import { lastTime, nextTimes } from './next-times';
import type { ScheduleConfig } from './schema';

/** A schedule whose time has come; times in milliseconds since 1970. */
export type Due = {
  config: ScheduleConfig;
  /** The time that it waited for. */
  due: number;
  now: number;
  /** The run before has not ended. */
  busy: boolean;
  /** When the run before ended. */
  lastEnded?: number;
};

/** What to do: start a run, leave this time out, or take a later time of the past instead. `next` is null when the calendar has no more. */
export type Decision =
  | { act: 'start'; next: number | null }
  | { act: 'skip'; next: number | null; why: string }
  | { act: 'move'; next: number };

/** Later than this counts as missed: nothing was running here at the time. */
export const lateMs = 60_000;

/** Decides what a due schedule does by its policies. The same for the same values, whoever asks. */
export function decideDue({ config, due, now, busy, lastEnded }: Due): Decision {
  const next = nextTimes(config, Math.max(now, due), 1)[0] ?? null;
  const waited = config.overlap === 'wait' && lastEnded !== undefined && lastEnded >= due;
  if (now - due > lateMs && config.missed === 'skip' && !waited) {
    const latest = lastTime(config, now);
    if (latest !== undefined && latest > due && now - latest <= lateMs) {
      return { act: 'move', next: latest };
    }
    return { act: 'skip', next, why: 'Missed: the server was down at the time.' };
  }
  if (busy && config.overlap === 'skip') {
    return { act: 'skip', next, why: 'The previous run was still going.' };
  }
  return { act: 'start', next };
}
