import { randomUUID } from 'node:crypto';
import { createPostgresBackend, FlowProducer, Queue, Worker, withBackend } from 'bullmq';
import { Redis } from 'ioredis';
import { type Contestant, chainSteps, createStarts, fanWidth, type Shape } from './contestant';

const queueName = 'bench';
const once = { removeOnComplete: true, removeOnFail: true };

type Job = { id: string; step: number };
type Parts = {
  name: string;
  keeps?: string;
  share?: number;
  queue: Queue;
  flows: FlowProducer;
  openWorker(handler: (job: Job) => Promise<void>): Worker;
  close(): Promise<unknown>;
};

/**
 * BullMQ as people do it: in a chain each job adds the next one, for a fan-out the first job adds a flow, whose parent
 * is called when its hundred children are over.
 */
function contestant(parts: Parts, shape: Shape): Contestant {
  const { queue, flows } = parts;
  const waiting = new Map<string, () => void>();
  const starts = createStarts();
  const last = shape === 'chain' ? chainSteps - 1 : fanWidth + 1;
  const follow = async (id: string, step: number) => {
    if (shape === 'chain') await queue.add('step', { id, step: step + 1 }, once);
    else if (step === 0) {
      const children = Array.from({ length: fanWidth }, (_, n) => n + 1).map((branch) => ({
        ...{ name: 'step', queueName, data: { id, step: branch }, opts: once },
      }));
      await flows.add({ name: 'step', queueName, data: { id, step: last }, opts: once, children });
    }
  };
  const worker = parts.openWorker(async ({ id, step }) => {
    if (step === 0) starts.begin(id);
    if (step === last) waiting.get(id)?.();
    else await follow(id, step);
  });
  queue.on('error', () => undefined);
  flows.on('error', () => undefined);
  worker.on('error', () => undefined);
  return {
    name: parts.name,
    ...(parts.keeps === undefined ? {} : { keeps: parts.keeps }),
    ...(parts.share === undefined ? {} : { share: parts.share }),
    async run() {
      const id = randomUUID();
      const { promise, resolve } = Promise.withResolvers<void>();
      waiting.set(id, resolve);
      await queue.add('step', { id, step: 0 }, once);
      await promise;
      waiting.delete(id);
      return starts.end(id);
    },
    async close() {
      await worker.close();
      await flows.close();
      await queue.close();
      await parts.close();
    },
  };
}

/** On a Redis that writes its log once a second, as its documentation advises. */
export async function openBullmqOnRedis(redisUrl: string, shape: Shape): Promise<Contestant> {
  const connection = new Redis(redisUrl, { maxRetriesPerRequest: null });
  await connection.config('SET', 'appendonly', 'yes', 'appendfsync', 'everysec');
  const queue = new Queue(queueName, { connection });
  await queue.waitUntilReady();
  return contestant(
    {
      name: 'bullmq, Redis',
      keeps: 'each step, but for the last second of Redis',
      queue,
      flows: new FlowProducer({ connection }),
      openWorker: (handler) =>
        new Worker(queueName, (job) => handler(job.data), { connection, concurrency: 50 }),
      close: () => Promise.resolve(connection.disconnect()),
    },
    shape,
  );
}

export async function openBullmqOnPostgres(url: string, shape: Shape): Promise<Contestant> {
  const backend = withBackend(createPostgresBackend);
  const connection = { connectionString: url, schema: 'bench_queue', migrate: true };
  const queue = new backend.Queue(queueName, { connection });
  await queue.waitUntilReady();
  return contestant(
    {
      name: 'bullmq, Postgres',
      share: shape === 'chain' ? 0.2 : 0.04,
      queue: queue as unknown as Queue,
      flows: new backend.FlowProducer({ connection }) as unknown as FlowProducer,
      openWorker: (handler) =>
        new backend.Worker(queueName, (job) => handler(job.data), {
          connection,
          concurrency: 50,
        }) as unknown as Worker,
      close: () => Promise.resolve(),
    },
    shape,
  );
}
