import type { JobName, Jobs } from '@/lib/computation/jobs';
import type { Log } from '@/server/log';
import { createLine } from './fair-queue';
import { refusal } from './refusal';
import { startThread, type Thread } from './thread-handle';

/** Works out what people wrote, on threads that can be ended. */
export type Computation = {
  /**
   * Does a job for a workspace. Throws `StepError` `computation_too_long`, `computation_too_large`,
   * `computation_busy` (retryable) or `computation_failed`; nobody else notices.
   */
  run<Name extends JobName>(
    name: Name,
    given: Jobs[Name]['given'],
    workspaceId: string,
  ): Promise<Jobs[Name]['done']>;
  /** Starts the threads ahead of the first job. */
  warm(): void;
  close(): Promise<void>;
};

type Job = {
  name: JobName;
  given: Jobs[JobName]['given'];
  resolve(done: Jobs[JobName]['done']): void;
  reject(error: unknown): void;
};

/** One that is stopped leaves the other to everybody else while its successor starts. */
const threads = 2;

/** A small pool of threads with a limit of time and memory for each job. Threads start with the first job. */
export function createComputation({ log }: { log: Pick<Log, 'warn' | 'error'> }): Computation {
  const line = createLine<Job>();
  const free: Thread[] = [];
  let alive = 0;
  let closed = false;

  const start = () => {
    while (!closed && alive < threads) {
      alive += 1;
      void startThread().then(release, (error: unknown) => {
        alive -= 1;
        log.error({ err: error }, 'a thread for computations did not start');
        for (let job = line.take(); job; job = line.take()) {
          line.leave(job.owner, 'done');
          job.entry.reject(refusal('broken'));
        }
      });
    }
  };
  const release = (thread: Thread) => {
    if (closed) return void thread.end();
    free.push(thread);
    next();
  };
  const next = () => {
    if (free.length === 0) return;
    const taken = line.take();
    const thread = taken && free.pop();
    if (!taken || !thread) return;
    void serve(thread, taken);
    next();
  };
  const serve = async (thread: Thread, { owner, entry }: { owner: string; entry: Job }) => {
    const { name, given, resolve, reject } = entry;
    const end = await thread.do(name, given);
    line.leave(owner, end.over ? 'stopped' : 'done');
    if (end.ok) resolve(end.done);
    else {
      if (end.why !== 'broken' || end.over)
        log.warn({ job: name, why: end.why }, 'a job was stopped');
      reject(refusal(end.why));
    }
    if (!end.over) return release(thread);
    alive -= 1;
    start();
    next();
  };

  return {
    run(name, given, workspaceId) {
      return new Promise((resolve, reject) => {
        const job = { name, given, resolve: resolve as Job['resolve'], reject };
        if (closed || !line.join(workspaceId, job)) return reject(refusal('busy'));
        start();
        next();
      });
    },
    warm: start,
    async close() {
      closed = true;
      await Promise.all(free.map((thread) => thread.end()));
    },
  };
}
