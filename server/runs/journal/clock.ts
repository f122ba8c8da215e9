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

export function createClock(pool: Pool): Clock {
  // Counted from the monotonic clock, so that a jump of this machine's clock changes nothing.
  let offset = Date.now() - performance.now();
  let learnedAt = Number.NEGATIVE_INFINITY;
  let asking: Promise<void> | undefined;

  const learn = (databaseMs: number, sent: number, received: number) => {
    offset = databaseMs - (sent + received) / 2;
    learnedAt = received;
  };
  const ask = async () => {
    const sent = performance.now();
    const { rows } = await pool.query<{ now: Date }>('select clock_timestamp() as now');
    if (rows[0]) learn(rows[0].now.getTime(), sent, performance.now());
  };
  return {
    now: () => Math.round(performance.now() + offset),
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
