import { AppError } from '@/lib/api/errors';
import { checkJson } from '@/lib/api/json/check-json';
import { jsonProblemText, readJson } from '@/lib/api/json/read-json';
import { cleanText, cleanValue } from '@/lib/runs/values/clean';
import { gathered } from '@/lib/triggers/hook-input';
import type { WebhookConfig } from '@/lib/triggers/schema';
import { bodyAsFile, mediaTypeOf, readMultipart, type SentFile } from './hook-files';

/** Characters of a broken JSON text in which the place of the fault is looked for. */
const maxLocated = 65_536;

/** A body as data. Files stand in it by the ids that they will have; they are not stored yet. */
export type HookBody = { body: unknown; files: SentFile[] };

/**
 * What a webhook's body says, by its Content-Type: any kind of JSON as its value, a form as its fields, text (XML too) as
 * text, files of a form and other bytes as files. Without a Content-Type it is JSON where it can be, else text. Bytes and
 * characters that the database cannot keep are replaced by U+FFFD. Throws `unsupported_media_type`, `malformed_body` and
 * `invalid_input`, each with the reason.
 */
export async function readHookBody(
  headers: Headers,
  bytes: Uint8Array,
  gives: WebhookConfig['gives'],
): Promise<HookBody> {
  if (bytes.byteLength === 0) return { body: null, files: [] };
  const mediaType = mediaTypeOf(headers);
  if (mediaType === 'multipart/form-data') {
    const { fields, files } = await readMultipart(headers, bytes);
    return { body: storable(fields), files };
  }
  if (isText(mediaType))
    return { body: readTextBody(mediaType, decoded(bytes, headers)), files: [] };
  if (gives === 'fields') {
    throw new AppError(
      'unsupported_media_type',
      `The Content-Type ${mediaType.slice(0, 100)} is not supported: send JSON, a form or text. To take it as a file, give the workflow the whole request.`,
    );
  }
  const file = bodyAsFile(headers, bytes);
  return { body: file.id, files: [file] };
}

const json = /^(application\/(json|.+\+json)|text\/json)$/;
const form = 'application/x-www-form-urlencoded';

/** Whether a body of this type is read as text; of others, and of forms with files, the bytes are kept as files. */
export const isText = (mediaType: string): boolean =>
  mediaType === '' ||
  mediaType === form ||
  json.test(mediaType) ||
  /^text\/|^application\/(xml|.+\+xml|x-ndjson|yaml)$/.test(mediaType);

function readTextBody(mediaType: string, text: string): unknown {
  if (mediaType === '') {
    const read = readJson(text, 0);
    return read.ok ? storable(read.value) : cleanText(text);
  }
  if (json.test(mediaType)) return fromJson(text);
  return mediaType === form ? storable(gathered(new URLSearchParams(text))) : cleanText(text);
}

function decoded(bytes: Uint8Array, headers: Headers): string {
  const type = headers.get('content-type') ?? '';
  const charset = /;\s*charset\s*=\s*"?([^";]+)/i.exec(type)?.[1]?.trim();
  try {
    return new TextDecoder(charset ?? 'utf-8').decode(bytes);
  } catch {
    throw new AppError(
      'unsupported_media_type',
      `The charset ${charset?.slice(0, 40)} is not supported: send the body in UTF-8.`,
    );
  }
}

function fromJson(text: string): unknown {
  const read = readJson(text, maxLocated);
  if (read.ok) return storable(read.value);
  throw new AppError('malformed_body', `The body is not JSON: ${jsonProblemText(read.problem)}.`);
}

/** A value from outside as a run can hold it. Throws `invalid_input`. */
export function storable(value: unknown, what = 'The body'): unknown {
  const clean = cleanValue(value);
  if (!clean.ok) throw new AppError('invalid_input', `${what} cannot be kept: ${clean.reason}.`);
  const fault = checkJson(clean.value);
  if (fault) throw new AppError('invalid_input', `${fault.path || what} ${fault.message}.`);
  return clean.value;
}
