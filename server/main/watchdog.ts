import { url as debuggerUrl } from 'node:inspector';
import { Worker } from 'node:worker_threads';

const looks = 10;

/**
 * Kills this process (SIGKILL) when its event loop has stood still for `stalledMs` and at most a quarter more: it can
 * hear neither a cancel nor a signal then. A thread of its own looks, which pauses with the process as a whole and not
 * with its event loop. Somebody who debugs is left alone.
 */
export function startWatchdog(name: string, stalledMs: number): void {
  if (debuggerUrl() !== undefined) return;
  const everyMs = stalledMs / looks;
  const cell = new SharedArrayBuffer(Int32Array.BYTES_PER_ELEMENT);
  const beats = new Int32Array(cell);
  const seconds = stalledMs / 1000;
  const sentence = `The ${name} process did not respond for ${seconds} s and is killed.`;
  new Worker(new URL('./watchdog-thread.mjs', import.meta.url), {
    workerData: { cell, everyMs, most: looks, sentence },
    execArgv: [],
    resourceLimits: { maxOldGenerationSizeMb: 16, maxYoungGenerationSizeMb: 2 },
  }).unref();
  setInterval(() => Atomics.add(beats, 0, 1), everyMs).unref();
}
