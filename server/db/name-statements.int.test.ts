import type { Pool } from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { testConfig } from '@/server/testing/database';
import { createPool } from './pool';

let pool: Pool;
beforeAll(async () => {
  pool = createPool(await testConfig(), { warn: () => undefined }, { max: 1 });
});
afterAll(() => pool?.end());

const prepared = async () => {
  const { rows } = await pool.query<{ name: string }>('select name from pg_prepared_statements');
  return rows.map(({ name }) => name);
};

describe('prepared statements', () => {
  it('of one name and two texts do not clash on a connection', async () => {
    const ask = async (text: string) => {
      const { rows } = await pool.query({ name: 'same', text, values: [20] });
      return rows[0];
    };
    for (let round = 0; round < 3; round += 1) {
      expect(await ask('select $1::int + 1 as sum')).toEqual({ sum: 21 });
      expect(await ask('select $1::int + 2 as sum')).toEqual({ sum: 22 });
    }
    expect((await prepared()).filter((name) => name.startsWith('same-'))).toHaveLength(2);
  });

  it('of long names differ before Postgres cuts them', async () => {
    const name = 'long'.repeat(30);
    await pool.query({ name, text: 'select 1 as a' });
    const { rows } = await pool.query({ name, text: 'select 2 as a' });
    expect(rows).toEqual([{ a: 2 }]);
  });

  it('are prepared once for each text, on a held client too', async () => {
    const client = await pool.connect();
    try {
      for (let round = 0; round < 3; round += 1)
        await client.query({ name: 'once', text: 'select 1' });
      const { rows } = await client.query({ name: 'once', text: 'select 2 as b' });
      expect(rows).toEqual([{ b: 2 }]);
    } finally {
      client.release();
    }
    expect((await prepared()).filter((name) => name.startsWith('once-'))).toHaveLength(2);
  });
});
