import type { Config } from '@/server/config';
import type { Log } from '@/server/log';
import { type BellStore, createBellStore } from './wake-up-store';

/** Says that a run, as it stood at event `seq`, has something to do. */
export type Bell = { runId: string; seq: number };

/**
 * The doorbell of runs, never their record: a ring may arrive never, once or several times, and a sweeper looks
 * after those that got lost.
 */
export type RunQueue = {
  /** Calls a worker for each run, after `delayMs`. Never rejects: a lost ring is only late. */
  ring(bells: readonly Bell[], delayMs?: number): Promise<void>;
  /** Hands rung runs to `handler`, up to `concurrency` at once. A handler's error is logged, not repeated. */
  process(handler: (runId: string) => Promise<void>, options: { concurrency: number }): void;
  /** Whether the queue's store answers, within 2 s. */
  ping(): Promise<boolean>;
  close(): Promise<void>;
};

const retryMs = 1000;

/** The doorbell on Redis where there is one, else on Postgres. Connects when first used, and again when it must. */
export function createRunQueue(config: Config, log: Log): RunQueue {
  const store: BellStore = createBellStore(config, (error) =>
    log.debug({ err: error }, 'the queue has trouble with its store'),
  );
  const { promise: closing, resolve: close } = Promise.withResolvers<void>();
  let closed = false;
  let opening: ReturnType<BellStore['openQueue']> | undefined;
  const endings: (() => Promise<void>)[] = [];
  /** By run: the newest state is the one to look at. */
  const waiting = new Map<string, Bell>();
  let sending: Promise<void> | undefined;

  const queue = () => {
    opening ??= store.openQueue().catch((error: unknown) => {
      opening = undefined;
      throw error;
    });
    return opening;
  };
  const send = async (bells: readonly Bell[], delayMs: number) => {
    try {
      await (await queue()).add(bells, delayMs);
    } catch (error) {
      log.debug({ err: error, runs: bells.length }, 'rings were lost; the sweeper will notice');
    }
  };
  // Rings that come while others are on their way go together.
  const sendWaiting = async () => {
    while (waiting.size > 0) {
      const bells = [...waiting.values()];
      waiting.clear();
      await send(bells, 0);
    }
    sending = undefined;
  };
  const work = async (handler: (runId: string) => Promise<void>, concurrency: number) => {
    while (!closed) {
      try {
        const look = (runId: string) =>
          handler(runId).catch((error: unknown) => {
            log.error({ err: error, run: runId }, 'a rung run could not be looked at');
          });
        const end = await store.openWorker(async (runIds) => {
          await Promise.all(runIds.map(look));
        }, concurrency);
        endings.push(end);
        if (closed) await end();
        return;
      } catch (error) {
        log.warn({ err: error }, 'the queue cannot be opened; trying again');
        await Promise.race([closing, new Promise((done) => setTimeout(done, retryMs))]);
      }
    }
  };

  return {
    ring(bells, delayMs = 0) {
      if (closed || bells.length === 0) return Promise.resolve();
      if (delayMs > 0) return send(bells, delayMs);
      for (const bell of bells) waiting.set(bell.runId, bell);
      sending ??= sendWaiting();
      return sending;
    },
    process(handler, { concurrency }) {
      void work(handler, concurrency);
    },
    async ping() {
      const late = new Promise<boolean>((done) => setTimeout(() => done(false), 2000).unref());
      const answer = queue()
        .then((open) => open.ping())
        .then(
          () => true,
          () => false,
        );
      return Promise.race([answer, late]);
    },
    async close() {
      closed = true;
      close();
      const open = await opening?.catch(() => undefined);
      const ends = [...endings, ...(open ? [open.close] : [])];
      // A store that is away must not hold up the end of the process.
      const late = new Promise<void>((done) => setTimeout(done, 3000).unref());
      await Promise.race([late, Promise.allSettled(ends.map((end) => end()))]);
    },
  };
}
