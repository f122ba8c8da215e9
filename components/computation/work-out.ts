import { jobMs } from '@/lib/computation/job-time';
import type { JobName, Jobs } from '@/lib/computation/jobs';
import type { Answered, ThreadRequest } from './thread';

type Done = Jobs[JobName]['done'] | undefined;
type Job = Omit<ThreadRequest, 'number'> & { resolve(done: Done): void };

/** By the clock, on machines that may be slow: a person waits, but the page goes on. */
const clockFactor = 10;

const waiting: Job[] = [];
let worker: Worker | undefined;
let busy = false;
let number = 0;

/**
 * Works out what others may have written on a thread of its own, so that no text of theirs can freeze the page. Gives
 * undefined where it takes too long or cannot be worked out.
 */
export function workOutApart<Name extends JobName>(
  name: Name,
  given: Jobs[Name]['given'],
): Promise<Jobs[Name]['done'] | undefined> {
  return new Promise((resolve) => {
    waiting.push({ name, given, resolve: resolve as Job['resolve'] });
    next();
  });
}

function next(): void {
  const job = busy ? undefined : waiting.shift();
  if (!job) return;
  busy = true;
  number += 1;
  const mine = number;
  const thread = worker ?? new Worker(new URL('./thread.ts', import.meta.url), { type: 'module' });
  // The first job waits for the thread to load.
  const patience = clockFactor * jobMs[job.name] + (worker === undefined ? 5_000 : 0);
  worker = thread;
  const end = (done: Done) => {
    clearTimeout(timer);
    thread.removeEventListener('message', hear);
    thread.removeEventListener('error', fail);
    busy = false;
    job.resolve(done);
    next();
  };
  const fail = () => {
    thread.terminate();
    worker = undefined;
    end(undefined);
  };
  const hear = ({ data }: MessageEvent<Answered>) => {
    if (data.number === mine) end(data.done);
  };
  const timer = setTimeout(fail, patience);
  thread.addEventListener('message', hear);
  thread.addEventListener('error', fail);
  try {
    thread.postMessage({ number: mine, name: job.name, given: job.given } satisfies ThreadRequest);
  } catch {
    end(undefined);
  }
}
