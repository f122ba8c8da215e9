import { setTimeout as sleep } from 'node:timers/promises';
import type { Pool } from 'pg';
import { failpoints } from './failpoints';
import { type Incarnation, type Mode, modes } from './incarnations';

/** Something goes wrong at the n-th time that a failpoint is passed. */
export type Trial = {
  point: string;
  mode: Mode;
  occurrence: number;
  /** Only while steps of somebody who is gone have not been taken back yet. */
  recovering: boolean;
};

/** Every failpoint × mode × occurrence, at first and then during recovery, in an order drawn by `random`. */
export function allTrials(occurrences: number, random: () => number): Trial[] {
  const numbers = Array.from({ length: occurrences }, (_, n) => n + 1);
  const trials = [false, true].flatMap((recovering) =>
    numbers.flatMap((occurrence) =>
      failpoints.flatMap((point) => modes.map((mode) => ({ point, mode, occurrence, recovering }))),
    ),
  );
  return trials
    .map((trial) => ({ trial, place: random() + (trial.recovering ? 1 : 0) }))
    .sort((a, b) => a.place - b.place)
    .map(({ trial }) => trial);
}

type Armed = Trial & {
  since: number;
  left: number;
  /** Called when it happens; absent: it only leads to another one, and does not count. */
  fired?: () => void;
};

/** How many may lie in wait at once, each at a failpoint of its own. */
const maxArmed = 12;
const patienceMs = 60_000;
const quietMs = 700;
const lanesRemembered = 50;

/** What is meant for quiet times waits for them a while; the others are for recovery alone. */
function fits({ recovering, since }: Armed, orphans: boolean): boolean {
  return recovering ? orphans : !orphans || Date.now() - since > quietMs;
}

/** Arms one trial after the other, and remembers what fired. */
export function createTrials(pool: Pool) {
  const armed: Armed[] = [];
  const hits = new Map<string, number>();
  const fired: { point: string; mode: Mode; recovering: boolean }[] = [];
  /** Workers that went down while others could see steps in their hands. */
  const orphaning = new Set<string>();
  /** Incarnations that were paused last. */
  const paused: Incarnation[] = [];

  const provoke = (point: string, mode: Mode) =>
    armed.push({ point, mode, occurrence: 1, recovering: false, left: 1, since: Date.now() });

  return {
    hits,
    fired,
    /** To be called at every failpoint. */
    hit(point: string, incarnation: Incarnation, lanes: number): Mode | undefined {
      hits.set(point, (hits.get(point) ?? 0) + 1);
      const recovering = orphaning.size > 0;
      const one = armed.find((each) => each.point === point && fits(each, orphaning.size > 0));
      if (one === undefined) return undefined;
      one.left -= 1;
      if (one.left > 0) return undefined;
      const lasting = one.mode === 'crash' || one.mode === 'pause';
      // Somebody must be there to recover.
      if (one.mode === 'pause' && paused.filter((each) => each.isPaused()).length >= lanes - 2) {
        one.left = 1;
        return undefined;
      }
      armed.splice(armed.indexOf(one), 1);
      if (lasting) {
        orphaning.add(incarnation.worker);
        if (one.mode === 'pause') paused.push(incarnation);
      }
      if (one.fired) fired.push({ point, mode: one.mode, recovering });
      one.fired?.();
      return one.mode;
    },
    /** Runs them all. `incarnations` gives somebody to end, so that there is something to recover from. */
    async play(
      trials: readonly Trial[],
      incarnations: () => Incarnation[],
      limitMs: number,
    ): Promise<Trial[]> {
      const until = Date.now() + limitMs;
      const left = [...trials];
      const missed: Trial[] = [];
      let under = 0;
      let over = false;
      const watch = (async () => {
        while (!over) {
          await forgetRecovered(pool, orphaning);
          while (paused.length > lanesRemembered) paused.shift();
          // What only an uncertain commit leads to needs one.
          if (armed.some(({ point }) => point.startsWith('reread'))) {
            if (!armed.some(({ point }) => point === 'commit-one.after'))
              provoke('commit-one.after', 'throw');
          }
          if (armed.some((each) => each.recovering) && orphaning.size === 0) {
            const [victim] = incarnations().filter((incarnation) => !incarnation.isPaused());
            if (victim) {
              orphaning.add(victim.worker);
              victim.crash();
            }
          }
          await sleep(25);
        }
      })();
      while ((left.length > 0 || under > 0) && Date.now() < until) {
        const next = left.findIndex(({ point }) => !armed.some((each) => each.point === point));
        if (under >= maxArmed || next < 0) {
          await sleep(4);
          continue;
        }
        const [trial] = left.splice(next, 1);
        if (trial === undefined) continue;
        under += 1;
        const { promise, resolve } = Promise.withResolvers<void>();
        const one: Armed = { ...trial, left: trial.occurrence, since: Date.now(), fired: resolve };
        armed.push(one);
        void Promise.race([promise, sleep(patienceMs, 'late', { ref: false })]).then((end) => {
          under -= 1;
          if (end !== 'late') return;
          missed.push(trial);
          if (armed.includes(one)) armed.splice(armed.indexOf(one), 1);
        });
      }
      over = true;
      await watch;
      return [...missed, ...left, ...armed.splice(0).filter((each) => each.fired)];
    },
  };
}

/** Forgets those whose steps have been taken back, or who had none. */
async function forgetRecovered(pool: Pool, orphaning: Set<string>): Promise<void> {
  if (orphaning.size === 0) return;
  const asked = [...orphaning];
  const { rows } = await pool.query<{ worker: string }>(
    `select distinct h.entry ->> 0 as worker from run, json_array_elements(held) as h(entry)
     where wake_at is not null and held is not null and h.entry ->> 0 = any($1)`,
    [asked],
  );
  const still = new Set(rows.map(({ worker }) => worker));
  for (const worker of asked) if (!still.has(worker)) orphaning.delete(worker);
}
