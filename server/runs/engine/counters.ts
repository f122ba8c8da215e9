import type { RunEvent } from '@/lib/runs/schema';

/** Upper ends of the histogram's classes, in milliseconds. */
export const latencyClasses = [1, 2, 5, 10, 25, 50, 100, 250, 500, 1_000, 5_000] as const;

/** What a process has done since it began, as it is kept beside its lease. */
export type CounterValues = {
  started: number;
  succeeded: number;
  failed: number;
  retried: number;
  lost: number;
  conflicts: number;
  /** How many dispatches took at most as long as each class says, the last one without an end; and all of them. */
  advances: { counts: number[]; sumMs: number };
};

/** Counts what a process does with runs. Numbers only grow. */
export type Counters = {
  readonly now: Readonly<CounterValues>;
  events(events: readonly RunEvent[]): void;
  conflict(): void;
  dispatched(ms: number): void;
};

const names: Partial<
  Record<RunEvent['type'], 'started' | 'succeeded' | 'failed' | 'retried' | 'lost'>
> = {
  StepStarted: 'started',
  StepSucceeded: 'succeeded',
  StepFailed: 'failed',
  StepRetryScheduled: 'retried',
  StepLost: 'lost',
};

export function createCounters(): Counters {
  const now: CounterValues = {
    started: 0,
    succeeded: 0,
    failed: 0,
    retried: 0,
    lost: 0,
    conflicts: 0,
    advances: { counts: [...latencyClasses, 0].map(() => 0), sumMs: 0 },
  };
  return {
    now,
    events(events) {
      for (const { type } of events) {
        const name = names[type];
        if (name) now[name] += 1;
      }
    },
    conflict() {
      now.conflicts += 1;
    },
    dispatched(ms) {
      const at = latencyClasses.findIndex((most) => ms <= most);
      const place = at === -1 ? latencyClasses.length : at;
      now.advances.counts[place] = (now.advances.counts[place] ?? 0) + 1;
      now.advances.sumMs += ms;
    },
  };
}
