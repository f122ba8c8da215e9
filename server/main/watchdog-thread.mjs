// Runs on a thread of its own, so plain JavaScript: nothing has to be compiled for it. See watchdog.ts.
import { writeSync } from 'node:fs';
import { workerData } from 'node:worker_threads';

const { cell, everyMs, most, sentence } = workerData;
const beats = new Int32Array(cell);
let last = Atomics.load(beats, 0);
let still = 0;

// Looks are counted, not milliseconds: a process that was stopped as a whole, or slept with its machine, has not looked.
setInterval(() => {
  const now = Atomics.load(beats, 0);
  still = now === last ? still + 1 : 0;
  last = now;
  if (still < most) return;
  try {
    writeSync(2, `${sentence}\n`);
  } finally {
    process.kill(process.pid, 'SIGKILL');
  }
}, everyMs);
