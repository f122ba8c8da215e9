import { Response } from 'undici';
import { StepError } from '@/lib/nodes/node-type/define-node';

/** What an answer may weigh, and a line of it, in bytes after decompression: no model writes that much. */
const usualBytes = 32 * 1_048_576;
const maxLineBytes = 4 * 1_048_576;

/**
 * The same answer, whose body fails with `response_too_large` once it, or one of its lines, has become too long. Readers
 * of lines hold a whole one in memory.
 */
export function limited(response: Response, host: string, maxBytes = usualBytes): Response {
  const { body, status, statusText } = response;
  if (body === null) return response;
  const reader = body.getReader();
  let bytes = 0;
  let line = 0;
  const stream = new ReadableStream<Uint8Array>(
    {
      async pull(controller) {
        const { done, value } = await reader.read();
        if (done) return controller.close();
        const chunk = value as Uint8Array;
        bytes += chunk.byteLength;
        const first = firstBreak(chunk);
        const longest = line + (first === -1 ? chunk.byteLength : first);
        line = first === -1 ? longest : chunk.byteLength - lastBreak(chunk) - 1;
        if (bytes <= maxBytes && longest <= maxLineBytes && line <= maxLineBytes) {
          return controller.enqueue(chunk);
        }
        const what = bytes > maxBytes ? 'is' : 'has a line that is';
        const limit = (bytes > maxBytes ? maxBytes : maxLineBytes) / 1_048_576;
        const error = new StepError(
          'response_too_large',
          `The answer of ${host} ${what} longer than the limit of ${limit} MB.`,
        );
        controller.error(error);
        await reader.cancel(error).catch(() => undefined);
      },
      cancel: (reason) => reader.cancel(reason),
    },
    { highWaterMark: 0 },
  );
  const headers = [...response.headers].filter(([name]) => name !== 'content-length');
  return new Response(stream, { status, statusText, headers });
}

function firstBreak(chunk: Uint8Array): number {
  const [feed, carriage] = [chunk.indexOf(10), chunk.indexOf(13)];
  return feed === -1 || carriage === -1 ? Math.max(feed, carriage) : Math.min(feed, carriage);
}

function lastBreak(chunk: Uint8Array): number {
  return Math.max(chunk.lastIndexOf(10), chunk.lastIndexOf(13));
}
