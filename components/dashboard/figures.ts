import type { RunSummary } from '@/lib/runs/contract';
import { sumUsd } from '@/lib/spending/pico';

const dayMs = 86_400_000;

export type DayFigures = {
  /** Start of the day, milliseconds since 1970. */
  day: number;
  runs: number;
  failed: number;
  succeeded: number;
  costUsd: number;
  /** Median of the finished runs, milliseconds; absent without any. */
  durationMs?: number;
};

export type WeekFigures = {
  days: DayFigures[];
  runs: number;
  succeeded: number;
  failed: number;
  /** Of the runs that succeeded or failed, from 0 to 1; absent without any. */
  successRate?: number;
  medianMs?: number;
  costUsd: number;
};

/** Figures of the last seven days, today last. `today` is the start of the person's day, in milliseconds. */
export function weekFigures(runs: readonly RunSummary[], today: number): WeekFigures {
  const first = today - 6 * dayMs;
  const recent = runs.filter((run) => Date.parse(run.createdAt) >= first);
  const days = Array.from({ length: 7 }, (_, index) => {
    const day = first + index * dayMs;
    return dayFigures(
      day,
      recent.filter((run) => {
        const at = Date.parse(run.createdAt);
        return at >= day && (index === 6 || at < day + dayMs);
      }),
    );
  });
  const sum = (of: (day: DayFigures) => number) => days.reduce((total, day) => total + of(day), 0);
  const succeeded = sum((day) => day.succeeded);
  const failed = sum((day) => day.failed);
  return {
    days,
    runs: recent.filter(isWork).length,
    succeeded,
    failed,
    ...(succeeded + failed > 0 ? { successRate: succeeded / (succeeded + failed) } : {}),
    ...optional('medianMs', median(durations(recent.filter(isWork)))),
    costUsd: sumUsd(...days.map((day) => day.costUsd)),
  };
}

/**
 * Whether a run tells how the work goes: tests of one step, runs of drafts, try-outs of agents and what a model drafted do
 * not. What they cost counts all the same.
 */
const isWork = (run: RunSummary) =>
  run.only === undefined && run.draft === undefined && run.trigger !== 'try';

function dayFigures(day: number, all: readonly RunSummary[]): DayFigures {
  const runs = all.filter(isWork);
  return {
    day,
    runs: runs.length,
    failed: runs.filter((run) => run.status === 'failed').length,
    succeeded: runs.filter((run) => run.status === 'succeeded').length,
    costUsd: sumUsd(...all.map(({ usage }) => usage.costUsd)),
    ...optional('durationMs', median(durations(runs))),
  };
}

function durations(runs: readonly RunSummary[]): number[] {
  return runs.flatMap((run) =>
    run.startedAt && run.finishedAt ? [Date.parse(run.finishedAt) - Date.parse(run.startedAt)] : [],
  );
}

function median(values: readonly number[]): number | undefined {
  if (values.length === 0) return undefined;
  const sorted = [...values].sort((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  const upper = sorted[middle] ?? 0;
  return sorted.length % 2 === 1 ? upper : (upper + (sorted[middle - 1] ?? upper)) / 2;
}

function optional<Name extends string>(name: Name, value: number | undefined) {
  return (value === undefined ? {} : { [name]: value }) as { [K in Name]?: number };
}

/** Runs that failed within the last three days and whose workflow has not succeeded since. */
export function needAttention(runs: readonly RunSummary[], now: number): RunSummary[] {
  const healed = new Set<string>();
  const found: RunSummary[] = [];
  const seen = new Set<string>();
  for (const run of runs.filter(isWork)) {
    const key = `${run.workflowId ?? run.threadId ?? run.id}:${run.mode}`;
    if (run.status === 'succeeded') healed.add(key);
    const recent = now - Date.parse(run.createdAt) < 3 * dayMs;
    if (run.status === 'failed' && recent && !healed.has(key) && !seen.has(key)) {
      seen.add(key);
      found.push(run);
    }
  }
  return found;
}
