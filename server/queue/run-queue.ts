import type { Config } from '@/server/config';
import type { Log } from '@/server/log';

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

export declare function createRunQueue(config: Config, log: Log): RunQueue;
