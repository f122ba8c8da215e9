import { randomUUID } from 'node:crypto';
import { Pool, type PoolClient } from 'pg';
import { type Contestant, chainSteps, fanWidth, type Shape } from './contestant';

const tables = [
  'create table if not exists floor_run (id uuid primary key, step int not null, state json)',
  `create table if not exists floor_step (run_id uuid, step int, output json, primary key (run_id, step))`,
];
const newRun = (id: string) => ({
  name: 'fr',
  text: 'insert into floor_run values ($1, 0, $2)',
  values: [id, '{}'],
});
const newStep = (id: string, step: number) => ({
  name: 'fs',
  text: 'insert into floor_step values ($1, $2, $3)',
  values: [id, step, '{}'],
});

/**
 * The least code that does it. A chain: one commit for the run, and for each step a transaction that inserts its row
 * and moves the run's; one connection for each lane. A fan-out: one commit for each step, which is the insert of its
 * row alone, on as many connections as there may be lanes.
 */
export async function openFloor(url: string, shape: Shape, lanes: number): Promise<Contestant> {
  const pool = new Pool({ connectionString: url, max: lanes });
  for (const table of tables) await pool.query(table);
  if (shape === 'fanout') {
    return { name: 'floor', run: () => fanOut(pool), close: () => pool.end() };
  }
  const clients = await Promise.all(Array.from({ length: lanes }, () => pool.connect()));
  return {
    name: 'floor',
    run(lane) {
      const client = clients[lane];
      if (client === undefined) throw new Error('no such lane');
      return chain(client);
    },
    async close() {
      for (const client of clients) client.release();
      await pool.end();
    },
  };
}

async function chain(client: PoolClient) {
  const id = randomUUID();
  await client.query(newRun(id));
  const began = performance.now();
  for (let step = 1; step <= chainSteps; step += 1) {
    await client.query('begin');
    await client.query(newStep(id, step));
    await client.query({
      name: 'fu',
      text: 'update floor_run set step = $2 where id = $1',
      values: [id, step],
    });
    await client.query('commit');
  }
  return { began, ended: performance.now() };
}

async function fanOut(pool: Pool) {
  const id = randomUUID();
  await pool.query(newRun(id));
  const began = performance.now();
  await pool.query(newStep(id, 0));
  await Promise.all(Array.from({ length: fanWidth }, (_, n) => pool.query(newStep(id, n + 1))));
  await pool.query(newStep(id, fanWidth + 1));
  return { began, ended: performance.now() };
}
