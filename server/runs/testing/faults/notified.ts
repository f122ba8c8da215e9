import type { Pool } from 'pg';

/** What was acknowledged beside what a run's journal knows. */
export type Notified = {
  /** Keys of due times and deliveries, with the run that was named, if one was. */
  keys: Map<string, string | undefined>;
  /** Runs whose step somebody has answered. */
  answered: Set<string>;
};

export const newNotified = (): Notified => ({ keys: new Map(), answered: new Set() });

/** What the rows break of it: each key has one run, as notified, and nobody is asked for what was answered. */
export async function brokenNotified(pool: Pool, { keys, answered }: Notified): Promise<string[]> {
  const { rows } = await pool.query<{ key: string; ids: string[] }>(
    'select idempotency_key as key, array_agg(id::text) as ids from run where idempotency_key = any($1) group by 1',
    [[...keys.keys()]],
  );
  const runs = new Map(rows.map(({ key, ids }) => [key, ids]));
  const found: string[] = [];
  for (const [key, run] of keys) {
    const [first, ...more] = runs.get(key) ?? [];
    const right = first !== undefined && more.length === 0 && (run === undefined || run === first);
    if (!right) found.push(`${key} has ${first ?? 'no run'} ${more.join(' ')}, notified ${run}`);
  }
  const late = await pool.query<{ run: string }>(
    `select distinct subject ->> 'runId' as run from notification
     where kind = 'asked' and read_at is null and subject ->> 'runId' = any($1)`,
    [[...answered]],
  );
  found.push(...late.rows.map(({ run }) => `run ${run} was answered, and people are still asked`));
  return found;
}
