import { setTimeout as after } from 'node:timers/promises';
import { AppError } from '@/lib/api/errors';
import type { Services } from '@/server/services';

/** Streams of answers that one process sends at a time, and those of one person. */
const maxStreams = 200;
const maxOfPerson = 20;
/** So that nothing between takes a quiet answer for a dead one. */
const quietMs = 15_000;
/** What a reader may leave unread: whoever reads more slowly is cut off, and follows again. */
const maxUnread = 4 * 1_048_576;
/** How long the end of a stream may stand unread. */
const unreadMs = 30_000;
let streams = 0;
const streamsOf = new Map<string, number>();

type Body = (write: (text: string) => void, until: AbortSignal) => Promise<void>;
export type Reader = {
  person: string;
  /** Whether they still may: asked again and again, since a stream may go on for long. */
  mayRead: () => Promise<boolean>;
};
type Options = Reader & {
  headers?: Readonly<Record<string, string>>;
};

/**
 * Server-sent events, as `body` writes them. A stream has its place until all of it is read, or given up. Throws
 * `unavailable` where too many are being sent.
 */
export function eventStream(
  { log }: Pick<Services, 'log'>,
  signal: AbortSignal,
  body: Body,
  { person, mayRead, headers = {} }: Options,
): Response {
  const leave = takePlace(person);
  const gone = new AbortController();
  const until = AbortSignal.any([signal, gone.signal]);
  const encoder = new TextEncoder();
  let read = Promise.withResolvers<void>();
  const run = async (controller: ReadableStreamDefaultController<Uint8Array>) => {
    const unread = () => maxUnread - (controller.desiredSize ?? maxUnread);
    const write = (text: string) => {
      if (until.aborted) return;
      controller.enqueue(encoder.encode(text));
      if (unread() > maxUnread) end('the reader is too slow');
    };
    const end = (why: string) => {
      if (until.aborted) return;
      gone.abort();
      controller.error(new Error(why));
    };
    const quiet = setInterval(() => {
      write(': the answer is being written\n\n');
      // Who cannot be asked for is looked at the next time.
      void mayRead().then(
        (may) => may || end('the right to read it ended'),
        () => undefined,
      );
    }, quietMs);
    try {
      await body(write, until);
      clearInterval(quiet);
      const deadline = after(unreadMs, 'late' as const, { ref: false });
      while (!until.aborted && unread() > 0) {
        if ((await Promise.race([read.promise, deadline])) === 'late') break;
      }
      if (until.aborted) return;
      if (unread() > 0) controller.error(new Error('the reader went away'));
      else controller.close();
    } catch (error) {
      log.error({ err: error }, 'an answer could not be sent');
      if (!until.aborted) controller.error(error);
    } finally {
      clearInterval(quiet);
      leave();
    }
  };
  const stream = new ReadableStream<Uint8Array>(
    {
      start(controller) {
        void run(controller);
      },
      pull() {
        read.resolve();
        read = Promise.withResolvers<void>();
      },
      cancel() {
        gone.abort();
        read.resolve();
      },
    },
    new ByteLengthQueuingStrategy({ highWaterMark: maxUnread }),
  );
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

/** Throws `unavailable` where there is no place for another stream: ask before anything is begun that costs money. */
export function requirePlace(person: string): void {
  if (streams < maxStreams && (streamsOf.get(person) ?? 0) < maxOfPerson) return;
  throw new AppError('unavailable', 'Too many answers are being written at once.', {
    retryAfter: 3,
  });
}

/** Takes a place among the streams, and gives what returns it. */
function takePlace(person: string): () => void {
  requirePlace(person);
  streams += 1;
  streamsOf.set(person, (streamsOf.get(person) ?? 0) + 1);
  return () => {
    streams -= 1;
    const left = (streamsOf.get(person) ?? 1) - 1;
    if (left > 0) streamsOf.set(person, left);
    else streamsOf.delete(person);
  };
}
