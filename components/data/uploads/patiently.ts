import { at } from '@/lib/values/unknown';
import { ApiError } from '../call';

/** Why an upload stands still: it goes on by itself. */
export type Waiting = 'offline' | 'busy';

type Options = { signal: AbortSignal; onWaiting: (why: Waiting | undefined) => void };

const longestMs = 15_000;
/** Faults of the server that come again and again are no passing ones. */
const maxFaults = 4;

/**
 * Does something again until it is done: at once when the browser is online again, otherwise after a while. What the server
 * refuses is thrown.
 */
export async function patiently<Result>(
  work: () => Promise<Result>,
  { signal, onWaiting }: Options,
): Promise<Result> {
  let faults = 0;
  for (let tries = 0; ; tries += 1) {
    try {
      const result = await work();
      onWaiting(undefined);
      return result;
    } catch (error) {
      signal.throwIfAborted();
      const why = waitsFor(error);
      if (why === undefined) throw error;
      if (ApiError.isInstance(error) && !passing.has(error.code)) faults += 1;
      if (faults >= maxFaults) throw error;
      onWaiting(why);
      await rest(Math.min(longestMs, 500 * 2 ** Math.min(tries, 6)), signal);
    }
  }
}

/** As long as it takes. */
const passing: ReadonlySet<string> = new Set(['offline', 'unavailable', 'too_many_requests']);

function waitsFor(error: unknown): Waiting | undefined {
  if (!ApiError.isInstance(error)) return undefined;
  if (error.code === 'offline' || [502, 504].includes(error.status)) return 'offline';
  // Bytes that were changed on their way are sent again.
  const changed = at(error.details, 'reason') === 'hash';
  return changed || passing.has(error.code) || error.code === 'internal' ? 'busy' : undefined;
}

/** Until the time is over, the network is back or somebody looks at the page again. */
function rest(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const over = () => {
      clearTimeout(timer);
      removeEventListener('online', go);
      document.removeEventListener('visibilitychange', look);
      signal.removeEventListener('abort', stop);
    };
    const go = () => {
      over();
      resolve();
    };
    const look = () => {
      if (document.visibilityState === 'visible') go();
    };
    const stop = () => {
      over();
      reject(signal.reason);
    };
    const timer = setTimeout(go, ms);
    addEventListener('online', go);
    document.addEventListener('visibilitychange', look);
    signal.addEventListener('abort', stop, { once: true });
  });
}
