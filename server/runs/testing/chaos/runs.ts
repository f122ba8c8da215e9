import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Pool } from 'pg';
import type { ChaosLedger, Client } from './client';
import { createOperations } from './operations';
import type { ChaosShape } from './shapes';
import { aDelivery, type Hook } from './triggers';

type Entry = { workflowId: string; shape: ChaosShape; hook?: Hook };
type Parts = {
  client: Client;
  stranger: Client;
  pool: Pool;
  ledger: ChaosLedger;
  random: () => number;
  /** Whether nobody cares any more. */
  isOver: () => boolean;
};

/** Starts runs of published workflows, does to them what people do, and follows them to their ends. */
export function createRuns({ client, stranger, pool, ledger, random, isOver }: Parts) {
  const entries: Entry[] = [];
  const shapes = new Map<string, ChaosShape>();
  const counts: Record<string, number> = {};
  const act = createOperations({ client, pool, ledger, random, isOver });

  const begin = async ({ workflowId, shape, hook }: Entry): Promise<string | undefined> => {
    const headers = { 'idempotency-key': randomUUID() };
    const body = { input: {}, ...(shape.debug ? { debug: shape.debug } : {}) };
    const delivery = hook && aDelivery(stranger, hook);
    const start =
      delivery?.deliver ??
      (() => client.ask('POST', `/workflows/${workflowId}/runs`, body, headers));
    const started = await start();
    if (started.status !== 202 && !(hook && started.status === 200)) {
      ledger.note({ what: 'refused', run: '', answer: started });
      return undefined;
    }
    const runOf = (answer: typeof started) => answer.body.id ?? answer.body.run;
    const run: string = runOf(started);
    ledger.note({ what: 'started', run });
    if (delivery) ledger.note({ what: 'delivered', run, hook: hook?.id, delivery: delivery.id });
    if (random() < 0.2) ledger.note({ what: 'again', run, same: runOf(await start()) });
    return run;
  };
  const untilEnded = async (run: string) => {
    while (!isOver()) {
      const { body } = await client.ask('GET', `/runs/${run}`);
      if (body?.finishedAt) {
        const { status, output, finishedAt } = body;
        ledger.note({ what: 'ended', run, status, output, finishedAt });
        return status as string;
      }
      await sleep(250);
    }
    return undefined;
  };
  /** One run of one of the workflows. */
  const one = async () => {
    const entry = entries[Math.floor(random() * entries.length)];
    if (entry === undefined) return;
    const { shape } = entry;
    const run = await begin(entry);
    if (run === undefined) return;
    shapes.set(run, shape);
    counts[shape.name] = (counts[shape.name] ?? 0) + 1;
    await sleep(random() * 800);
    if (shape.operation) await act(run, shape.operation);
    const status = await untilEnded(run);
    if (shape.fork === undefined || status !== 'succeeded') return;
    const body = { from: [shape.fork.from] };
    const forked = await client.ask('POST', `/runs/${run}/fork`, body);
    if (forked.status !== 202) return ledger.note({ what: 'refused', run, answer: forked });
    const fork: string = forked.body.id;
    ledger.note({ what: 'started', run: fork });
    ledger.note({ what: 'forked', run: fork, kept: shape.fork.kept });
    shapes.set(fork, shape);
    await untilEnded(fork);
  };
  return { entries, shapes, counts, one };
}
