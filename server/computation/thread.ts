import { setPriority } from 'node:os';
import { parentPort, workerData } from 'node:worker_threads';
import { doJob, type JobName, type Jobs } from '@/lib/computation/jobs';

/** What a thread is asked and answers. Bundled into one text for it: see `bundle.ts`. */
export type Asked = { name: JobName; given: Jobs[JobName]['given'] };
export type Answered = { ok: true; done: Jobs[JobName]['done'] } | { ok: false; message: string };

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

const began = new Float64Array(workerData as SharedArrayBuffer);

parentPort?.on('message', ({ name, given }: Asked) => {
  const said = answer(name, given);
  begin();
  parentPort?.postMessage(said);
});
begin();
parentPort?.postMessage('ready');

/** From here on counts what is used: reading the next job in belongs to it. */
function begin(): void {
  began[0] = spentMs();
}

function answer(name: JobName, given: Asked['given']): Answered {
  try {
    return { ok: true, done: doJob(name, given as never) };
  } catch (error) {
    return { ok: false, message: error instanceof Error ? error.message : String(error) };
  }
}

function spentMs(): number {
  const { user, system } = process.threadCpuUsage?.() ?? { user: 0, system: 0 };
  return (user + system) / 1000;
}
