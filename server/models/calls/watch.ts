import type { StreamPart } from '@/lib/models/schema';
import { StepError } from '@/lib/nodes/node-type/define-node';

/** Who thinks or says that it is there may take so many times as long as who says nothing. */
const patience = 10;
/** How long a stream that has given its whole answer may take to close. */
const closingMs = 1_000;

/**
 * A stream that fails with `model_stalled` when nothing at all is heard for `idleMs`, or nothing of the answer for ten
 * times as long, and with the signal's reason when that aborts. After the end of the answer, silence is the end of the
 * stream. Whoever stops reading stops the stream: `start` gets a signal that then aborts.
 */
export async function* watched(
  start: (signal: AbortSignal) => AsyncIterable<StreamPart>,
  idleMs: number,
  signal: AbortSignal,
): AsyncGenerator<StreamPart> {
  const stop = new AbortController();
  const { promise: stall, reject: stalled } = Promise.withResolvers<never>();
  stall.catch(() => undefined);
  const { promise: closed, resolve: close } = Promise.withResolvers<{ done: true }>();
  let last: StreamPart['type'] | undefined;
  let closing: NodeJS.Timeout | undefined;
  const onAbort = () => {
    stop.abort(signal.reason);
    stalled(signal.reason);
  };
  const fail = (message: string) => {
    stalled(new StepError('model_stalled', message, { retryable: true }));
    stop.abort();
  };
  const idle = setTimeout(() => {
    if (last === 'finish') {
      stop.abort();
      clearTimeout(wordless);
      closing = setTimeout(() => close({ done: true }), closingMs);
    } else fail(`The model sent nothing for ${seconds(idleMs)}. Last heard: ${heardLast(last)}.`);
  }, idleMs);
  const wordless = setTimeout(() => {
    const waited = seconds(idleMs * patience);
    fail(`The model sent no part of its answer for ${waited}. Last heard: ${heardLast(last)}.`);
  }, idleMs * patience);
  try {
    signal.throwIfAborted();
    signal.addEventListener('abort', onAbort, { once: true });
    const parts = start(AbortSignal.any([stop.signal, signal]))[Symbol.asyncIterator]();
    for (;;) {
      // The vendor's stream is raced, not trusted to hear the signal.
      const next = parts.next();
      next.catch(() => undefined);
      const part = await Promise.race([next, stall, closed]);
      if (part.done) return;
      const { type } = part.value;
      if (type !== 'alive' || last === undefined) last = type;
      if (closing === undefined) idle.refresh();
      if (type === 'text-delta' || type === 'tool-call') wordless.refresh();
      yield part.value;
    }
  } finally {
    for (const timer of [idle, wordless, closing]) clearTimeout(timer);
    signal.removeEventListener('abort', onAbort);
    stop.abort();
  }
}

function heardLast(last: StreamPart['type'] | undefined): string {
  switch (last) {
    case undefined:
      return 'nothing at all';
    case 'text-delta':
      return 'some of its answer';
    case 'tool-call':
      return 'a tool that it asks for';
    case 'thinking-delta':
      return 'what it thinks';
    default:
      return 'that it is there';
  }
}

function seconds(ms: number): string {
  return ms < 1_000 ? `${ms} ms` : `${Math.round(ms / 1_000)} s`;
}
