import type { StreamPart } from '@/lib/models/schema';
import { StepError } from '@/lib/nodes/define-node';

/**
 * A stream that fails with `model_stalled` when it says nothing for `idleMs`, and with the signal's reason when
 * that aborts. Whoever stops reading stops the stream: `start` gets a signal that then aborts.
 */
export async function* watched(
  start: (signal: AbortSignal) => AsyncIterable<StreamPart>,
  idleMs: number,
  signal: AbortSignal,
): AsyncGenerator<StreamPart> {
  const stop = new AbortController();
  let stalled: (error: StepError) => void = () => undefined;
  const stall = new Promise<never>((_, reject) => {
    stalled = reject;
  });
  stall.catch(() => undefined);
  const onAbort = () => {
    stop.abort(signal.reason);
    stalled(signal.reason);
  };
  const timer = setTimeout(() => {
    const seconds = Math.round(idleMs / 1_000);
    stalled(
      new StepError('model_stalled', `The model said nothing for ${seconds} s.`, {
        retryable: true,
      }),
    );
    stop.abort();
  }, idleMs);
  try {
    signal.throwIfAborted();
    signal.addEventListener('abort', onAbort, { once: true });
    const parts = start(AbortSignal.any([stop.signal, signal]))[Symbol.asyncIterator]();
    for (;;) {
      timer.refresh();
      // The vendor's stream is raced, not trusted to hear the signal.
      const next = parts.next();
      next.catch(() => undefined);
      const part = await Promise.race([next, stall]);
      if (part.done) return;
      yield part.value;
    }
  } finally {
    clearTimeout(timer);
    signal.removeEventListener('abort', onAbort);
    stop.abort();
  }
}
