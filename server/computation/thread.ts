import { readlinkSync } from 'node:fs';
import { setPriority } from 'node:os';
import { basename } from 'node:path';
import { parentPort } from 'node:worker_threads';
import { doJob, type JobName, type Jobs } from '@/lib/computation/jobs';

/** What a thread is asked and answers. Bundled into one text for it: see `bundle.ts`. */
export type Asked = { name: JobName; given: Jobs[JobName]['given'] };
export type Answered = { ok: true; done: Jobs[JobName]['done'] } | { ok: false; message: string };

/** What it says first. */
export type Ready = { id: string | undefined };

// On Linux this lowers the thread alone; elsewhere it would lower the whole process.
if (process.platform === 'linux') {
  try {
    setPriority(3);
  } catch {
    // A sandbox may forbid it: the threads then share the processor evenly.
  }
}

// Nobody sees a stack from here, and to write one down takes ten times as long as what fails.
Error.stackTraceLimit = 0;

parentPort?.on('message', ({ name, given }: Asked) => {
  parentPort?.postMessage(answer(name, given));
});
parentPort?.postMessage(threadId());

/** The number under which Linux knows this thread; undefined elsewhere. */
function threadId(): Ready {
  try {
    return { id: basename(readlinkSync('/proc/thread-self')) };
  } catch {
    return { id: undefined };
  }
}

function answer(name: JobName, given: Asked['given']): Answered {
  try {
    return { ok: true, done: doJob(name, given as never) };
  } catch (error) {
    return { ok: false, message: error instanceof Error ? error.message : String(error) };
  }
}
