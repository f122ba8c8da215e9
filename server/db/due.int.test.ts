import type { Pool } from 'pg';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { testConfig } from '@/server/testing/database';
import { createPool } from './pool';

let pool: Pool;
beforeAll(async () => {
  pool = createPool(await testConfig(), { warn: () => undefined }, { max: 1 });
});
afterAll(() => pool?.end());

/** Columns that are set to `now()` and then asked whether they are due. */
const due = [
  ['delivery', 'due_at'],
  ['notification_delivery', 'next_at'],
  ['trigger_mailbox', 'look_at'],
  ['connection_token', 'refresh_at'],
] as const;
const moments = 1_000;

it.each(due)('what is due now in %s.%s is due at once', async (table, column) => {
  const { rows } = await pool.query<{ type: string }>(
    `select format_type(atttypid, atttypmod) as type from pg_attribute
     where attrelid = $1::regclass and attname = $2`,
    [table, column],
  );
  const { type } = rows[0] ?? {};
  // A column of milliseconds rounds up: half of all moments would be due only with the next one.
  const { rows: late } = await pool.query<{ count: number }>(
    `select count(*)::int from generate_series(1, $1) where clock_timestamp()::${type} > clock_timestamp()`,
    [moments],
  );
  expect(late).toEqual([{ count: 0 }]);
});
