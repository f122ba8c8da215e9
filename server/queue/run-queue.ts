import type { Config } from '@/server/config';
import type { Log } from '@/server/log';
import { createWakeUpStore, type WakeUpStore } from './wake-up-store';

/** A wake-up job: look at this run, which had something to do at event `seq`. */
export type WakeUp = { runId: string; seq: number };

/**
 * The queue of wake-up jobs. It holds no data of runs: a job may arrive never, once or several times, and the sweeper
 * finds the runs whose job was lost.
 */
export type RunQueue = {
  /** Enqueues a wake-up job for each run, after `delayMs`. Never rejects: a lost job only makes its run later. */
  enqueue(wakeUps: readonly WakeUp[], delayMs?: number): Promise<void>;
  /** Hands the runs of jobs to `handler`, up to `concurrency` at once. A handler's error is logged, not repeated. */
  process(handler: (runId: string) => Promise<void>, options: { concurrency: number }): void;
  /** Whether the queue's store answers, within 2 s. */
  ping(): Promise<boolean>;
  close(): Promise<void>;
};

const retryMs = 1000;

/** The queue on Redis where there is one, else on Postgres. Connects when first used, and again when it must. */
export function createRunQueue(config: Config, log: Log): RunQueue {
  const store: WakeUpStore = createWakeUpStore(config, (error) =>
    log.debug({ err: error }, 'the queue cannot reach its store'),
  );
  const { promise: closing, resolve: close } = Promise.withResolvers<void>();
  let closed = false;
  let opening: ReturnType<WakeUpStore['openQueue']> | undefined;
  const endings: (() => Promise<void>)[] = [];
  /** By run: the newest state is the one to look at. */
  const waiting = new Map<string, WakeUp>();
  let sending: Promise<void> | undefined;

  const queue = () => {
    opening ??= store.openQueue().catch((error: unknown) => {
      opening = undefined;
      throw error;
    });
    return opening;
  };
  const send = async (wakeUps: readonly WakeUp[], delayMs: number) => {
    try {
      await (await queue()).add(wakeUps, delayMs);
    } catch (error) {
      log.debug(
        { err: error, runs: wakeUps.length },
        'wake-up jobs were lost; the sweeper will find their runs',
      );
    }
  };
  // Jobs that come while others are being sent go together.
  const sendWaiting = async () => {
    while (waiting.size > 0) {
      const wakeUps = [...waiting.values()];
      waiting.clear();
      await send(wakeUps, 0);
    }
    sending = undefined;
  };
  const work = async (handler: (runId: string) => Promise<void>, concurrency: number) => {
    while (!closed) {
      try {
        const look = (runId: string) =>
          handler(runId).catch((error: unknown) => {
            log.error({ err: error, run: runId }, 'a run could not be looked at');
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
    enqueue(wakeUps, delayMs = 0) {
      if (closed || wakeUps.length === 0) return Promise.resolve();
      if (delayMs > 0) return send(wakeUps, delayMs);
      for (const wakeUp of wakeUps) waiting.set(wakeUp.runId, wakeUp);
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
