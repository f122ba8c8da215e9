import { AppError } from '@/lib/api/errors';
import { checkJson } from '@/lib/api/json/check-json';
import { jsonProblemText, readJson } from '@/lib/api/json/read-json';
import { cleanText, cleanValue } from '@/lib/runs/values/clean';

/** Characters of a broken JSON text in which the place of the fault is looked for. */
const maxLocated = 65_536;

/**
 * What a webhook's body says, by its Content-Type: any kind of JSON as its value, a form as its fields, text as text.
 * Without a Content-Type it is JSON where it can be, else text. Bytes and characters that the database cannot keep are
 * replaced by U+FFFD. Throws `unsupported_media_type`, `malformed_body` and `invalid_input`, each with the reason.
 */
export function readHookBody(contentType: string | null, bytes: Uint8Array): unknown {
  if (bytes.byteLength === 0) return null;
  const [type = '', ...parameters] = (contentType ?? '').split(';').map((part) => part.trim());
  const text = decoded(bytes, parameters);
  const mediaType = type.toLowerCase();
  if (mediaType === '') {
    const read = readJson(text, 0);
    return read.ok ? storable(read.value) : cleanText(text);
  }
  if (/^application\/(json|.+\+json)$|^text\/json$/.test(mediaType)) return fromJson(text);
  if (mediaType === 'application/x-www-form-urlencoded') return fieldsOf(text);
  if (/^text\/|^application\/(xml|.+\+xml|x-ndjson|yaml)$/.test(mediaType)) return cleanText(text);
  throw new AppError(
    'unsupported_media_type',
    `The Content-Type ${mediaType.slice(0, 100)} is not supported: send JSON, a form or text.`,
  );
}

function decoded(bytes: Uint8Array, parameters: readonly string[]): string {
  const charset = parameters.map((one) => /^charset\s*=\s*"?([^"]+)/i.exec(one)?.[1]).find(Boolean);
  try {
    return new TextDecoder(charset?.trim() ?? 'utf-8').decode(bytes);
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

/** A form's fields; one that comes several times is a list. */
function fieldsOf(text: string): unknown {
  const fields = new Map<string, string[]>();
  for (const [name, value] of new URLSearchParams(text)) {
    const values = fields.get(name);
    if (values) values.push(value);
    else fields.set(name, [value]);
  }
  return storable(
    Object.fromEntries(
      [...fields].map(([name, values]) => [name, values.length === 1 ? values[0] : values]),
    ),
  );
}

function storable(value: unknown): unknown {
  const clean = cleanValue(value);
  if (!clean.ok) throw new AppError('invalid_input', `The body cannot be kept: ${clean.reason}.`);
  const fault = checkJson(clean.value);
  if (fault) throw new AppError('invalid_input', `${fault.path || 'The body'} ${fault.message}.`);
  return clean.value;
}
