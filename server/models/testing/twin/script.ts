import type { ServerResponse } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import { z } from 'zod';

/** What the twin does to one request instead of, or with, its answer. */
export const directiveSchema = z.strictObject({
  /** A refusal: a body is sent as it is, and nothing is billed. */
  status: z.int().min(200).max(599).optional(),
  headers: z.record(z.string(), z.string()).optional(),
  body: z.unknown().optional(),
  /** The connection breaks behind so many bytes, or says nothing more for so long. */
  cutAfter: z.int().min(0).optional(),
  stallAfter: z.int().min(0).optional(),
  stallMs: z.int().min(0).optional(),
  /** Bytes in each piece on the wire. */
  chunk: z.int().min(1).optional(),
});
export type Directive = z.infer<typeof directiveSchema>;

/** Writes an answer as a script says. */
export async function write(
  response: ServerResponse,
  pieces: readonly string[],
  { cutAfter, stallAfter, stallMs = 60_000, chunk }: Directive,
): Promise<void> {
  const whole = Buffer.from(pieces.join(''));
  const bounds = chunk === undefined ? pieces.map((piece) => Buffer.byteLength(piece)) : [];
  for (let at = chunk; at !== undefined && at < whole.length + (chunk ?? 0); at += chunk ?? 1) {
    bounds.push(chunk ?? 1);
  }
  let from = 0;
  for (const size of bounds) {
    const part = whole.subarray(from, from + size);
    if (stallAfter !== undefined && from + part.length > stallAfter) {
      response.write(part.subarray(0, Math.max(0, stallAfter - from)));
      await sleep(stallMs, undefined, { ref: false });
      return void response.destroy();
    }
    if (cutAfter !== undefined && from + part.length > cutAfter) {
      const last = part.subarray(0, Math.max(0, cutAfter - from));
      return void response.write(last, () => response.destroy());
    }
    response.write(part);
    from += part.length;
  }
  response.end();
}
