import { createHash, randomUUID } from 'node:crypto';
import { AppError } from '@/lib/api/errors';
import { fileTypeOf } from '@/lib/files/file-types';
import { cleanFileName } from '@/lib/names/name-problem';
import type { HookFile } from '@/lib/triggers/hook-input';

/** A file of a request, before it is stored under its id. */
export type SentFile = HookFile & { bytes: Uint8Array; sha256: string };

/** Files and fields of one form. */
const maxFiles = 10;
const maxParts = 200;

export const mediaTypeOf = (headers: Headers): string =>
  (headers.get('content-type') ?? '').split(';')[0]?.trim().toLowerCase() ?? '';

/** The fields of a form with files: a file is its id. Throws `malformed_body`, `too_large`. */
export async function readMultipart(
  headers: Headers,
  bytes: Uint8Array,
): Promise<{ fields: Record<string, unknown>; files: SentFile[] }> {
  refuseManyParts(headers, bytes);
  const files: SentFile[] = [];
  const fields = new Map<string, string[]>();
  for (const [field, value] of await formOf(headers, bytes)) {
    const text = typeof value === 'string' ? value : undefined;
    if (text === undefined && typeof value !== 'string') {
      // What a browser sends for a field without a file.
      if (value.size === 0) continue;
      files.push(
        sentFile(field, value.name, value.type, new Uint8Array(await value.arrayBuffer())),
      );
    }
    const entry = text ?? files.at(-1)?.id ?? '';
    fields.set(field, [...(fields.get(field) ?? []), entry]);
  }
  if (files.length > maxFiles) {
    throw new AppError('too_large', `The form has ${files.length} files; ${maxFiles} are taken.`);
  }
  const entries = [...fields].map(([name, values]) => [
    name,
    values.length === 1 ? values[0] : values,
  ]);
  return { fields: Object.fromEntries(entries), files };
}

async function formOf(headers: Headers, bytes: Uint8Array) {
  const type = headers.get('content-type') ?? '';
  try {
    const body = new Uint8Array(bytes);
    return await new Response(body, { headers: { 'content-type': type } }).formData();
  } catch {
    throw new AppError('malformed_body', 'The body is not the form that its Content-Type says.');
  }
}

/** Counted before they are taken apart: each costs more than its bytes. */
function refuseManyParts(headers: Headers, bytes: Uint8Array): void {
  const boundary = /;\s*boundary\s*=\s*"?([^";]+)/i.exec(headers.get('content-type') ?? '')?.[1];
  if (boundary === undefined) {
    throw new AppError('malformed_body', 'The Content-Type of the form names no boundary.');
  }
  const [text, mark] = [Buffer.from(bytes), `--${boundary.trim()}`];
  let count = 0;
  for (let at = text.indexOf(mark); at >= 0; at = text.indexOf(mark, at + mark.length)) {
    count += 1;
    if (count > maxParts) {
      throw new AppError('too_large', `The form has more than ${maxParts} parts.`);
    }
  }
}

/** Bytes that are no text, as one file. */
export function bodyAsFile(headers: Headers, bytes: Uint8Array): SentFile {
  const disposition = headers.get('content-disposition') ?? '';
  const named = /;\s*filename\s*=\s*"?([^";]+)/i.exec(disposition)?.[1];
  const mediaType = mediaTypeOf(headers);
  const ending = /^[a-z]+\/(?:x-)?([a-z0-9]{1,10})$/.exec(mediaType)?.[1] ?? 'bin';
  return sentFile('', named ?? `body.${ending}`, mediaType, bytes);
}

function sentFile(field: string, name: string, type: string, bytes: Uint8Array): SentFile {
  const clean = cleanFileName(name).slice(0, 200);
  const said = /^[a-z]+\/[a-z0-9.+-]{1,80}$/.exec(type.split(';')[0]?.trim().toLowerCase() ?? '');
  return {
    id: randomUUID(),
    field,
    name: clean,
    // The ending says how the file is read, as with uploads; the sender's word counts for nothing else.
    mediaType: fileTypeOf(clean)?.mediaType ?? said?.[0] ?? 'application/octet-stream',
    size: bytes.byteLength,
    bytes,
    sha256: createHash('sha256').update(bytes).digest('hex'),
  };
}
