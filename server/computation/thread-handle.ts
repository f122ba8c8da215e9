import { setTimeout as sleep } from 'node:timers/promises';
import { Worker } from 'node:worker_threads';
import { type JobName, type Jobs, jobMs } from '@/lib/computation/jobs';
import { threadProgram } from './bundle';
import type { Refusal } from './refusal';
import type { Answered } from './thread';

/** How a job ended; `over` where its thread ended with it. */
export type End =
  | { ok: true; done: Jobs[JobName]['done']; over: false }
  | { ok: false; why: Refusal; over: boolean };

export type Thread = {
  /** Does one job at a time. Never rejects. */
  do(name: JobName, given: Jobs[JobName]['given']): Promise<End>;
  end(): Promise<void>;
};

/** Where the machine is busy, a job takes longer by the clock than of a processor, but not for ever. */
const clockMs = 3_000;
/** How long the thread may take to say what it used: one that is inside one long operation does not say. */
const askMs = 500;

const memory = {
  maxOldGenerationSizeMb: 96,
  maxYoungGenerationSizeMb: 16,
  stackSizeMb: 4,
} as const;

/** Starts a thread that does jobs; resolves when it is ready to be asked. */
export async function startThread(): Promise<Thread> {
  const began = new SharedArrayBuffer(Float64Array.BYTES_PER_ELEMENT);
  const worker = new Worker(await threadProgram(), {
    eval: true,
    execArgv: [],
    env: {},
    name: 'computation',
    workerData: began,
    resourceLimits: memory,
  });
  worker.unref();
  let ended: Refusal | undefined;
  worker.on('error', (error: Error & { code?: string }) => {
    ended ??= error.code === 'ERR_WORKER_OUT_OF_MEMORY' ? 'memory' : 'broken';
  });
  await new Promise<void>((resolve, reject) => {
    worker.once('message', () => resolve());
    worker.once('error', reject);
  });

  return {
    async do(name, given) {
      const { promise, resolve } = Promise.withResolvers<End>();
      const onMessage = (said: Answered) =>
        resolve(
          said.ok
            ? { ok: true, done: said.done, over: false }
            : { ok: false, why: 'broken', over: false },
        );
      const onExit = () => resolve({ ok: false, why: ended ?? 'broken', over: true });
      worker.once('message', onMessage);
      worker.once('exit', onExit);
      const over = new AbortController();
      try {
        worker.postMessage({ name, given });
      } catch {
        resolve({ ok: false, why: 'broken', over: false });
      }
      void watch(worker, jobMs[name], new Float64Array(began), over.signal).then((late) => {
        if (!late) return;
        ended = 'time';
        void worker.terminate();
      });
      const end = await promise;
      over.abort();
      worker.off('message', onMessage);
      worker.off('exit', onExit);
      return end;
    },
    async end() {
      await worker.terminate();
    },
  };
}

/** Resolves with true when the job has had its time, and with false when it is over before. */
async function watch(
  worker: Worker,
  wallMs: number,
  began: Float64Array,
  signal: AbortSignal,
): Promise<boolean> {
  const start = performance.now();
  const pause = (ms: number) => sleep(ms, true, { signal, ref: false }).catch(() => false);
  let left = wallMs;
  while (left > 0 && performance.now() - start < clockMs) {
    if (!(await pause(Math.max(left, 10)))) return false;
    const used = await Promise.race([usedMs(worker), pause(askMs).then(() => undefined)]);
    if (signal.aborted) return false;
    left = used === undefined ? 0 : wallMs - (used - (began[0] ?? 0));
  }
  return true;
}

/** What the thread has used so far, by its own processor time; undefined where Node cannot tell. */
async function usedMs(worker: Worker): Promise<number | undefined> {
  if (!('cpuUsage' in worker)) return Number.POSITIVE_INFINITY;
  try {
    const { user, system } = await (
      worker as Worker & { cpuUsage(): Promise<NodeJS.CpuUsage> }
    ).cpuUsage();
    return (user + system) / 1000;
  } catch {
    return undefined;
  }
}
