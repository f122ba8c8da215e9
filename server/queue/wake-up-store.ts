import { createPostgresBackend, type JobsOptions, Queue, Worker, withBackend } from 'bullmq';
import { Redis } from 'ioredis';
import type { ClientBase } from 'pg';
import { type Config, databaseUrl } from '@/server/config';
import type { WakeUp } from './run-queue';

type OpenQueue = {
  add(wakeUps: readonly WakeUp[], delayMs: number): Promise<void>;
  ping(): Promise<unknown>;
  close(): Promise<void>;
};

/** BullMQ over one of its stores; the only place that knows which. */
export type WakeUpStore = {
  openQueue(): Promise<OpenQueue>;
  /** Returns what ends the worker, after the jobs that it is handling. */
  openWorker(
    handler: (runIds: string[]) => Promise<void>,
    concurrency: number,
  ): Promise<() => Promise<void>>;
};

/** Runs that are enqueued at the same moment share a job: each job costs its store several statements. */
type Job = { runIds: string[] };
const queueName = 'runs';

/** A job only wakes a worker: it is over in milliseconds, and one that fails or stalls is not worth keeping. */
const workerOptions = (concurrency: number) => ({
  concurrency,
  maxStalledCount: 1_000_000,
  lockDuration: 30_000,
  removeOnComplete: { count: 0 },
  removeOnFail: { count: 0 },
  runRetryDelay: 500,
});

type Onerror = (error: unknown) => void;

export function createWakeUpStore(config: Config, onError: Onerror): WakeUpStore {
  return config.redisUrl === undefined
    ? postgresStore(databaseUrl(config), onError)
    : redisStore(config.redisUrl, onError);
}

/** So few that several workers get their share. */
const maxRunsOfJob = 16;

/** The id keeps repeats out: one job per run and state of it. */
function jobsOf(wakeUps: readonly WakeUp[], delayMs: number) {
  const jobs = [];
  for (let from = 0; from < wakeUps.length; from += maxRunsOfJob) {
    const some = wakeUps.slice(from, from + maxRunsOfJob);
    const id = `${some[0]?.runId}-${some[0]?.seq}`;
    jobs.push({
      name: 'wake-up',
      data: { runIds: some.map(({ runId }) => runId) } satisfies Job,
      opts: {
        jobId: some.length === 1 ? id : `${id}-and-${some.at(-1)?.runId}-${some.at(-1)?.seq}`,
        attempts: 1,
        removeOnComplete: true,
        removeOnFail: true,
        ...(delayMs > 0 ? { delay: Math.ceil(delayMs) } : {}),
      } satisfies JobsOptions,
    });
  }
  return jobs;
}

/** One by one: on Postgres the bulk statement costs as much as six single ones, and there is rarely more than one. */
async function addJobs(
  queue: Pick<Queue<Job>, 'add'>,
  jobs: ReturnType<typeof jobsOf>,
): Promise<void> {
  await Promise.all(jobs.map(({ name, data, opts }) => queue.add(name, data, opts)));
}

function postgresStore(url: string, onError: Onerror): WakeUpStore {
  const backend = withBackend(createPostgresBackend);
  const connection = (max: number) => ({
    connectionString: url,
    schema: 'queue',
    migrate: true,
    max,
    connectionTimeoutMillis: 5000,
    application_name: 'ensemble-queue',
    // BullMQ holds one of these while it makes its tables, with no listener: were Postgres to end then, so would we.
    onConnect: (client: ClientBase) => void client.on('error', () => undefined),
  });
  return {
    async openQueue() {
      const queue = new backend.Queue<Job>(queueName, { connection: connection(2) });
      queue.on('error', onError);
      await readyOrClosed(queue);
      return {
        async add(wakeUps, delayMs) {
          await addJobs(queue, jobsOf(wakeUps, delayMs));
        },
        ping: () => queue.getJobCounts('waiting'),
        close: () => queue.close(),
      };
    },
    async openWorker(handler, concurrency) {
      const worker = new backend.Worker<Job>(queueName, (job) => handler(job.data.runIds), {
        connection: connection(4),
        ...workerOptions(concurrency),
      });
      worker.on('error', onError);
      await readyOrClosed(worker);
      return () => worker.close();
    },
  };
}

function redisStore(url: string, onError: Onerror): WakeUpStore {
  const connect = (more: { enableOfflineQueue?: boolean }) => {
    const client = new Redis(url, {
      maxRetriesPerRequest: null,
      retryStrategy: (times) => Math.min(50 * 2 ** Math.min(times, 6), 1000),
      ...more,
    });
    client.on('error', onError);
    return client;
  };
  const prefix = 'ensemble';
  return {
    async openQueue() {
      // A job that cannot be sent now is dropped, not kept: the sweeper is the memory.
      const client = connect({ enableOfflineQueue: false });
      const queue = new Queue<Job>(queueName, { connection: client, prefix });
      queue.on('error', onError);
      await readyOrClosed(queue);
      return {
        async add(wakeUps, delayMs) {
          if (client.status !== 'ready') throw new Error('Redis is away.');
          await addJobs(queue, jobsOf(wakeUps, delayMs));
        },
        ping: () => client.ping(),
        async close() {
          await queue.close();
          client.disconnect();
        },
      };
    },
    async openWorker(handler, concurrency) {
      const client = connect({});
      const worker = new Worker<Job>(queueName, (job) => handler(job.data.runIds), {
        connection: client,
        prefix,
        ...workerOptions(concurrency),
      });
      worker.on('error', onError);
      await readyOrClosed(worker);
      return async () => {
        await worker.close();
        client.disconnect();
      };
    },
  };
}

async function readyOrClosed(part: {
  waitUntilReady(): Promise<unknown>;
  close(force?: boolean): Promise<void>;
}): Promise<void> {
  try {
    await part.waitUntilReady();
  } catch (error) {
    void part.close(true).catch(() => undefined);
    throw error;
  }
}
