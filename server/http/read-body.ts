import type { Contract } from '@/lib/api/define-route';
import { AppError } from '@/lib/api/errors';
import { checkJson } from '@/lib/api/json/check-json';
import { jsonProblemText, readJson } from '@/lib/api/json/read-json';

type Rules = Pick<Contract, 'accepts' | 'maxBytes'>;

/** Characters of a broken JSON text in which the place of the fault is looked for. */
const maxLocated = 65_536;

/** Body of a contract that accepts several text formats: the use case parses it, and knows lines and reasons. */
export type TextBody = { text: string; mediaType: string };
/** Body of a contract that accepts any bytes (`application/octet-stream`). */
export type BytesBody = { bytes: Uint8Array; mediaType: string };

/**
 * Reads a request's body as its contract has it: parsed JSON; or {@link TextBody}; or {@link BytesBody}.
 * Undefined when there is none. Never holds more than `maxBytes`, whatever the sender announced. JSON text of a
 * text body was parsed and looked through too. Throws `too_large`, `unsupported_media_type`, `malformed_body`,
 * `invalid_input`.
 */
export async function readBody(
  request: Request,
  { accepts, maxBytes }: Rules,
): Promise<unknown | TextBody | BytesBody> {
  const bytes = await readBytes(request, maxBytes);
  if (bytes.byteLength === 0) return undefined;
  const mediaType = readMediaType(request, accepts);
  if (accepts.includes('application/octet-stream')) return { bytes, mediaType } satisfies BytesBody;
  const text = decode(bytes);
  const json = mediaType === 'application/json' ? parse(text) : undefined;
  return accepts.length > 1 ? ({ text, mediaType } satisfies TextBody) : json;
}

/** Whoever sends more slowly than this, after a while to begin in, holds what others wait for. */
const slowest = { graceMs: 15_000, bytesPerSecond: 16_384 };

/** The first half of {@link readBody}: the bytes as they were sent. Throws `too_large`, `malformed_body` for one that comes too slowly. */
export async function readBytes(
  request: Request,
  maxBytes: number,
  { graceMs, bytesPerSecond } = slowest,
): Promise<Uint8Array> {
  const tooLarge = () =>
    new AppError('too_large', `The body is larger than the limit of ${maxBytes} bytes.`, {
      maxBytes,
    });
  const announced = Number(request.headers.get('content-length') ?? '0');
  if (announced > maxBytes) throw tooLarge();
  if (!request.body) return new Uint8Array(0);
  const chunks: Uint8Array[] = [];
  let size = 0;
  const reader: ReadableStreamDefaultReader<Uint8Array> = request.body.getReader();
  const begun = Date.now();
  let timer: NodeJS.Timeout | undefined;
  const tooSlow = () =>
    new Promise<never>((_, reject) => {
      const left = begun + graceMs + (size / bytesPerSecond) * 1_000 - Date.now();
      timer = setTimeout(
        () => {
          reject(new AppError('malformed_body', 'The body came too slowly. Send it again.'));
          void reader.cancel().catch(() => undefined);
        },
        Math.max(0, left),
      );
    });
  // The sender's end of the connection, not one of ours: whoever breaks off is no fault to be told of.
  const read = () =>
    reader.read().catch(() => {
      throw new AppError('malformed_body', 'The body is incomplete.');
    });
  const next = () => Promise.race([read(), tooSlow()]).finally(() => clearTimeout(timer));
  for (let part = await next(); !part.done; part = await next()) {
    size += part.value.byteLength;
    if (size > maxBytes) {
      await reader.cancel().catch(() => undefined);
      throw tooLarge();
    }
    chunks.push(part.value);
  }
  const only = chunks[0];
  return chunks.length === 1 && only ? only : new Uint8Array(Buffer.concat(chunks, size));
}

function readMediaType(request: Pick<Request, 'headers'>, accepts: readonly string[]): string {
  const header = request.headers.get('content-type') ?? '';
  const mediaType = (header.split(';')[0] ?? '').trim().toLowerCase();
  const charset = /;\s*charset\s*=\s*"?([^\s";]+)/i.exec(header)?.[1]?.toLowerCase();
  const readable = charset === undefined || charset === 'utf-8' || charset === 'utf8';
  if (accepts.includes(mediaType) && readable) return mediaType;
  throw new AppError(
    'unsupported_media_type',
    `Send the body with Content-Type ${accepts.join(' or ')}, in UTF-8.`,
    { accepts: [...accepts] },
  );
}

function decode(bytes: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    throw new AppError('malformed_body', 'The body is not valid UTF-8.');
  }
}

function parse(text: string): unknown {
  const read = readJson(text, maxLocated);
  if (!read.ok) {
    const { line, column } = read.problem;
    throw new AppError(
      'malformed_body',
      line === undefined
        ? 'The body is not JSON.'
        : `The body is not JSON: ${jsonProblemText(read.problem)}.`,
      line === undefined ? undefined : { line, column },
    );
  }
  const { value } = read;
  const fault = checkJson(value);
  if (fault) {
    const path = ['body', fault.path].filter((part) => part !== '').join('.');
    throw new AppError('invalid_input', `${path} ${fault.message}.`, {
      issues: [{ path, message: fault.message }],
    });
  }
  return value;
}
