import { setTimeout as sleep } from 'node:timers/promises';
import type { Pool } from 'pg';
import type { ChaosLedger, Client } from './client';

/** What people do to runs a moment after they began. */
export type ChaosOperation = 'cancel' | 'pause' | 'answer' | 'event' | 'release';

type Parts = {
  client: Client;
  pool: Pool;
  ledger: ChaosLedger;
  random: () => number;
  /** Whether nobody cares any more. */
  isOver: () => boolean;
};

/** Does them over the REST interface, and writes down what was acknowledged. */
export function createOperations({ client, pool, ledger, random, isOver }: Parts) {
  const hasEnded = async (run: string) =>
    Boolean((await client.ask('GET', `/runs/${run}`)).body?.finishedAt);
  /** Asks until it was done by this or an earlier request, or the run is over. */
  const insist = async (run: string, ask: () => Promise<boolean>) => {
    while (!isOver()) {
      if (await ask()) return ledger.note({ what: 'insisted', run });
      if (await hasEnded(run)) return;
      await sleep(200);
    }
  };
  const operations: Record<ChaosOperation, (run: string) => Promise<void>> = {
    async cancel(run) {
      const { body } = await client.ask('POST', `/runs/${run}/cancel`);
      if (body?.status !== 'cancelled') return;
      ledger.note({ what: 'cancelled', run, begun: await begun(pool, run) });
    },
    async pause(run) {
      const paused = await client.ask('POST', `/runs/${run}/pause`);
      const before = paused.status === 200 ? await begun(pool, run) : null;
      await sleep(random() * 800);
      const after = before === null ? null : await begun(pool, run);
      await client.ask('POST', `/runs/${run}/continue`);
      if (before !== null && after !== null) ledger.note({ what: 'paused', run, before, after });
    },
    answer: (run) =>
      insist(run, async () => {
        const answer = { decision: 'approved', comment: '', values: {} };
        const { status } = await client.ask('POST', `/runs/${run}/steps/ask/answer`, { answer });
        return status === 200;
      }),
    event: (run) =>
      insist(run, async () => {
        const { body } = await client.ask('POST', '/events', {
          channel: `go/${run}`,
          payload: 'gone',
        });
        return body?.delivered > 0;
      }),
    release: (run) =>
      insist(run, async () => {
        const { status } = await client.ask('POST', `/runs/${run}/steps/c/release`, {});
        return status === 200;
      }),
  };
  return (run: string, operation: ChaosOperation) => operations[operation](run);
}

/** Attempts that have begun in a run and below it, as the rows say now; null while they say nothing. */
export async function begun(pool: Pool, run: string): Promise<number | null> {
  return pool
    .query<{ count: number }>(
      `select count(*)::int as count from run_event e join run r on r.id = e.run_id
       where (r.id = $1 or r.root_run_id = $1) and e.type = 'StepStarted'`,
      [run],
    )
    .then(
      ({ rows }) => rows[0]?.count ?? null,
      () => null,
    );
}
