import type { Pool } from 'pg';

/** The database's clock as seen from here: leases and due times must mean the same to every process. */
export type Clock = {
  /** Milliseconds since 1970, whole. */
  now(): number;
  /** Takes note of a time that the database told between two moments of `performance.now()`. */
  learn(databaseMs: number, sent: number, received: number): void;
  /** Resolves when the clock has been set within the last minute; asks the database if need be. */
  ready(): Promise<void>;
};

const goodForMs = 60_000;
/** A correction back by less stands still instead: nothing of a run may end before it began. */
const smallMs = 1_000;

export function createClock(pool: Pool): Clock {
  // Counted from the monotonic clock, so that a jump of this machine's clock changes nothing.
  let offset = Date.now() - performance.now();
  let learnedAt = Number.NEGATIVE_INFINITY;
  let last = 0;
  let asking: Promise<void> | undefined;

  // The database read its clock at some moment between the two, and cut it to whole milliseconds. What is known stays as
  // long as it fits: an answer that was slow must not make the times of a run go backwards.
  const learn = (databaseMs: number, sent: number, received: number) => {
    const least = databaseMs - received;
    const most = databaseMs + 1 - sent;
    offset = Math.min(Math.max(offset, least), most);
    learnedAt = received;
  };
  const ask = async () => {
    const sent = performance.now();
    const { rows } = await pool.query<{ now: Date }>('select clock_timestamp() as now');
    if (rows[0]) learn(rows[0].now.getTime(), sent, performance.now());
  };
  return {
    now() {
      const told = Math.round(performance.now() + offset);
      if (told < last && last - told < smallMs) return last;
      last = told;
      return told;
    },
    learn,
    async ready() {
      const age = performance.now() - learnedAt;
      if (age < goodForMs) return;
      asking ??= ask().finally(() => {
        asking = undefined;
      });
      // The first answer is waited for; later ones come in passing.
      if (Number.isFinite(age)) asking.catch(() => undefined);
      else await asking;
    },
  };
}
