import { readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { Worker } from 'node:worker_threads';
import { jobMs } from '@/lib/computation/job-time';
import type { JobName, Jobs } from '@/lib/computation/jobs';
import { threadProgram } from './bundle';
import type { Refusal } from './refusal';
import type { Answered, Ready } from './thread';

/** How a job ended; `over` where its thread ended with it. */
export type End =
  | { ok: true; done: Jobs[JobName]['done']; over: false }
  | { ok: false; why: Refusal; over: boolean };

export type Thread = {
  /** Does one job at a time. Never rejects. */
  do(name: JobName, given: Jobs[JobName]['given']): Promise<End>;
  end(): Promise<void>;
};

/** Where the machine is busy, a job takes so many times longer by the clock than of a processor, but not for ever. */
const clockTimes = 12;
const memory = {
  maxOldGenerationSizeMb: 64,
  maxYoungGenerationSizeMb: 8,
  stackSizeMb: 4,
} as const;

/** Starts a thread that does jobs; resolves when it is ready to be asked. */
export async function startThread(): Promise<Thread> {
  const worker = new Worker(await threadProgram(), {
    eval: true,
    execArgv: [],
    env: {},
    name: 'computation',
    resourceLimits: memory,
  });
  worker.unref();
  let ended: Refusal | undefined;
  worker.on('error', (error: Error & { code?: string }) => {
    ended ??= error.code === 'ERR_WORKER_OUT_OF_MEMORY' ? 'memory' : 'broken';
  });
  const { id } = await new Promise<Ready>((resolve, reject) => {
    worker.once('message', resolve);
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
      void watch(id, jobMs[name], over.signal).then((late) => {
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
  id: string | undefined,
  wallMs: number,
  signal: AbortSignal,
): Promise<boolean> {
  const start = performance.now();
  const usedBefore = usedMs(id);
  let left = wallMs;
  while (left > 0 && performance.now() - start < clockTimes * wallMs) {
    if (!(await sleep(Math.max(left, 10), true, { signal, ref: false }).catch(() => false)))
      return false;
    const used = usedMs(id);
    left =
      used === undefined || usedBefore === undefined ? 0 : wallMs - Math.max(0, used - usedBefore);
  }
  return true;
}

/**
 * Milliseconds of a processor that the thread has used so far, as the system counts them: a thread that is inside one
 * long operation cannot be asked. Undefined where the system does not tell: the clock counts there.
 */
function usedMs(id: string | undefined): number | undefined {
  if (id === undefined) return undefined;
  try {
    const [nanoseconds] = readFileSync(`/proc/self/task/${id}/schedstat`, 'utf8').split(' ');
    return Number(nanoseconds) / 1_000_000;
  } catch {
    return undefined;
  }
}
