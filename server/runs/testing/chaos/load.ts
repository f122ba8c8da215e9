import { setTimeout as sleep } from 'node:timers/promises';
import type { Pool } from 'pg';
import { chanceOf } from '@/lib/runs/testing/chance';
import type { ChaosLedger, Client } from './client';
import { createRuns } from './runs';
import type { ChaosShape } from './shapes';
import { makeHook, openSchedules } from './triggers';

type Parts = {
  client: Client;
  /** Somebody without a key. */
  stranger: Client;
  pool: Pool;
  ledger: ChaosLedger;
  seed: number;
  /** Runs under way at once. */
  width: number;
  /** Whether nobody cares any more. */
  isOver: () => boolean;
};

/** Schedules that become due in turn. */
const schedules = 4;

/** Keeps runs under way over the REST interface, and writes down every answer. */
export function createLoad({ client, stranger, pool, ledger, seed, width, isOver }: Parts) {
  const random = chanceOf(seed + 1);
  const under = new Set<Promise<void>>();
  let over = false;
  const runs = createRuns({ client, stranger, pool, ledger, random, isOver });
  const { entries, shapes, counts } = runs;
  const pump = async () => {
    while (!over) {
      while (under.size < width) {
        const work = runs
          .one()
          .catch((error: unknown) => ledger.note({ what: 'lost', run: '', error: String(error) }))
          .finally(() => under.delete(work));
        under.add(work);
      }
      await sleep(30);
    }
  };
  let pumping: Promise<void> | undefined;
  let timetable: Awaited<ReturnType<typeof openSchedules>> | undefined;
  return {
    shapes,
    counts,
    async open(all: readonly ChaosShape[]) {
      const ids = new Map<string, string>();
      for (const shape of all) {
        const made = await client.ask('POST', '/workflows', shape.definition(ids));
        const published = await client.ask('POST', `/workflows/${made.body.id}/publish`);
        if (published.status !== 201)
          throw new Error(JSON.stringify([shape.name, made, published]));
        const workflowId: string = made.body.id;
        ids.set(shape.name, workflowId);
        const hook = shape.hook && (await makeHook(client, workflowId, shape.hook));
        entries.push({ workflowId, shape, ...(hook ? { hook } : {}) });
      }
      const chain = ids.get('chain') as string;
      timetable = await openSchedules({ pool, client, ledger }, chain, schedules);
      pumping = pump();
    },
    /** No new runs; resolves when all are over, those that nobody asked for by hand too, or time is. */
    async end() {
      over = true;
      await pumping;
      await Promise.all([...under, timetable?.end(isOver)]);
      while (!isOver()) {
        const text = 'select 1 from run where finished_at is null or wake_at is not null limit 1';
        const left = await pool.query(text).catch(() => undefined);
        if (left?.rowCount === 0) return;
        await sleep(200);
      }
    },
  };
}
