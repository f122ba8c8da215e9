import type { Contestant } from './contestants/contestant';
import { median, percentile, rounded } from './figures';

/** Runs at once: one alone, and fifty. */
const manyLanes = 50;
type Lanes = 1 | typeof manyLanes;

type Lap = { runMs: number; runP95Ms: number; startMs: number; startP95Ms: number; rate: number };
type Result = Lap & { lanes: Lanes; name: string };

/** What opens a contestant; one that cannot take part here is named with the reason, and the others go on. */
export type Opener = Readonly<{ name: string; open: () => Promise<Contestant> }>;

type Turns = Readonly<{
  openers: readonly Opener[];
  /** Runs of each contestant in a turn, one by one and fifty at once. */
  sizes: Readonly<Record<Lanes, number>>;
  turns: number;
}>;

export type Laps = {
  results: Result[];
  contestants: readonly Pick<Contestant, 'name' | 'keeps'>[];
  absent: { name: string; reason: string }[];
};

/** All contestants turn after turn, in turn, so that a noisy machine disturbs all alike. The first turn warms up. */
export async function takeTurns({ openers, sizes, turns }: Turns): Promise<Laps> {
  const contestants: Contestant[] = [];
  const absent: Laps['absent'] = [];
  const results: Result[] = [];
  try {
    for (const { name, open } of openers) {
      try {
        contestants.push(await open());
      } catch (error) {
        absent.push({ name, reason: error instanceof Error ? error.message : String(error) });
      }
    }
    for (let turn = 0; turn <= turns; turn += 1) {
      for (const lanes of [1, manyLanes] as const) {
        for (const contestant of contestants) {
          const runs = Math.max(Math.round(sizes[lanes] * (contestant.share ?? 1)), 1);
          const one = await lap(contestant, lanes, runs);
          if (turn > 0) results.push({ ...one, lanes, name: contestant.name });
        }
      }
    }
  } finally {
    for (const contestant of contestants) await contestant.close();
  }
  return { results, contestants, absent };
}

/** `runs` runs over `lanes` lanes, each lane starting its next run when the last one ended. */
async function lap(contestant: Contestant, lanes: Lanes, runs: number): Promise<Lap> {
  const times: number[] = [];
  const starts: number[] = [];
  let left = runs;
  const begun = performance.now();
  const lane = async (index: number) => {
    while (left > 0) {
      left -= 1;
      const asked = performance.now();
      const { began, ended } = await contestant.run(index);
      if (began !== undefined) starts.push(began - asked);
      times.push(ended - (began ?? asked));
    }
  };
  await Promise.all(Array.from({ length: lanes }, (_, index) => lane(index)));
  const seconds = (performance.now() - begun) / 1000;
  return {
    runMs: median(times),
    runP95Ms: percentile(times, 0.95),
    startMs: median(starts),
    startP95Ms: percentile(starts, 0.95),
    rate: times.length / seconds,
  };
}

/** The lines of the table: medians of all turns, and ratios of each turn against the floor of the same turn. */
export function linesOf({ results, contestants }: Laps, steps: number) {
  return contestants.map(({ name, keeps }) => {
    const of = (lanes: Lanes, key: keyof Lap, who = name) =>
      results.filter((one) => one.lanes === lanes && one.name === who).map((one) => one[key]);
    const ratio = (lanes: Lanes, key: keyof Lap) => ratios(of(lanes, key), of(lanes, key, 'floor'));
    return {
      name,
      keeps: keeps ?? 'each step',
      runMs: rounded(median(of(1, 'runMs')), 2),
      stepMs: rounded(median(of(1, 'runMs')) / steps),
      stepP95Ms: rounded(median(of(1, 'runP95Ms')) / steps),
      /** Of each turn against the floor of the same turn. */
      stepTimesFloor: ratio(1, 'runMs'),
      /** From asking for a run until its first step begins; null where that cannot be seen. */
      startMs: rounded(median(of(1, 'startMs')), 2),
      startP95Ms: rounded(median(of(1, 'startP95Ms')), 2),
      /** Whole runs, their start included. */
      runsPerSecondAt50: rounded(median(of(manyLanes, 'rate')), 1),
      throughputTimesFloorAt50: ratio(manyLanes, 'rate'),
    };
  });
}

function ratios(values: readonly number[], floors: readonly number[]) {
  const each = values.map((value, index) => value / (floors[index] ?? Number.NaN));
  return {
    median: rounded(median(each), 2),
    least: rounded(Math.min(...each), 2),
    most: rounded(Math.max(...each), 2),
  };
}

/** The same for the eye. */
export function printLines(lines: ReturnType<typeof linesOf>, absent: Laps['absent']): void {
  const spread = ({ median: middle, least, most }: ReturnType<typeof ratios>) =>
    `${middle} (${least}–${most})`;
  console.table(
    Object.fromEntries(
      lines.map((line) => [
        line.name,
        {
          'step ms, one run': line.stepMs,
          '× floor': spread(line.stepTimesFloor),
          'to first step p50 / p95': Number.isNaN(line.startMs)
            ? ''
            : `${line.startMs} / ${line.startP95Ms}`,
          'runs/s at 50': line.runsPerSecondAt50,
          '× floor at 50': spread(line.throughputTimesFloorAt50),
          keeps: line.keeps,
        },
      ]),
    ),
  );
  for (const { name, reason } of absent) console.log(`${name} did not take part: ${reason}`);
}
