import { AppError } from '@/lib/api/errors';
import type { Services } from '@/server/services';

/** Streams of answers that one process sends at a time. */
const maxStreams = 200;
/** So that nothing between takes a quiet answer for a dead one. */
const quietMs = 15_000;
let streams = 0;

type Body = (write: (text: string) => void, until: AbortSignal) => Promise<void>;

/** Server-sent events, as `body` writes them. Throws `unavailable` where too many are being sent. */
export function eventStream(
  { log }: Pick<Services, 'log'>,
  signal: AbortSignal,
  body: Body,
  headers: Readonly<Record<string, string>> = {},
): Response {
  if (streams >= maxStreams) {
    throw new AppError('unavailable', 'Too many answers are being written at once.');
  }
  streams += 1;
  const gone = new AbortController();
  const until = AbortSignal.any([signal, gone.signal]);
  const encoder = new TextEncoder();
  const stream = new ReadableStream<Uint8Array>({
    async start(controller) {
      const write = (text: string) => {
        if (!until.aborted) controller.enqueue(encoder.encode(text));
      };
      const quiet = setInterval(() => write(': the answer is being written\n\n'), quietMs);
      try {
        await body(write, until);
        if (!until.aborted) controller.close();
      } catch (error) {
        log.error({ err: error }, 'an answer could not be sent');
        if (!until.aborted) controller.error(error);
      } finally {
        clearInterval(quiet);
        streams -= 1;
      }
    },
    cancel: () => gone.abort(),
  });
  return new Response(stream, {
    headers: {
      'Content-Type': 'text/event-stream; charset=utf-8',
      'Cache-Control': 'no-store',
      'X-Content-Type-Options': 'nosniff',
      // Proxies hold nothing back.
      'X-Accel-Buffering': 'no',
      ...headers,
    },
  });
}
