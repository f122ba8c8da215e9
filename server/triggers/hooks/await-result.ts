import { setTimeout as sleep } from 'node:timers/promises';
import { hookPatienceMs } from '@/lib/triggers/schema';
import type { Services } from '@/server/services';
import { type RunResult, readResult } from './hook-store';

/** Answers that one process holds at once; beyond that they are given at once. */
const maxHeld = 200;
let held = 0;

/**
 * How the run stands when it has ended, or after 30 seconds, or at once where too many wait here already or who asked
 * has gone.
 */
export async function awaitResult(
  { pool, bus }: Pick<Services, 'pool' | 'bus'>,
  runId: string,
  signal: AbortSignal,
  patienceMs = hookPatienceMs,
): Promise<RunResult | undefined> {
  if (held >= maxHeld) return readResult(pool, runId);
  held += 1;
  const until = performance.now() + patienceMs;
  let wake = () => {};
  // Not waited for: where the bus is away, the rows tell.
  const heard = bus.subscribe(`run:${runId}`, (message) => {
    if (message.kind === 'events') wake();
  });
  try {
    for (;;) {
      const news = new Promise<void>((resolve) => {
        wake = resolve;
      });
      const result = await readResult(pool, runId);
      const left = until - performance.now();
      if (result === undefined || result.ended || left <= 0 || signal.aborted) return result;
      // A message may be lost, so the rows are looked at each second in any case.
      await Promise.race([news, sleep(Math.min(left, 1_000))]);
    }
  } finally {
    held -= 1;
    heard.then((stop) => stop()).catch(() => undefined);
  }
}
