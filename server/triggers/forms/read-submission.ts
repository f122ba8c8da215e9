import { z } from 'zod';
import { AppError } from '@/lib/api/errors';
import { checkAnswers } from '@/lib/triggers/forms/answers';
import { type FormView, formParts } from '@/lib/triggers/forms/schema';
import { hashOf } from '@/server/idempotency/hash-of';
import { storable } from '../hooks/hook-body';
import { mediaTypeOf, readMultipart, type SentFile } from '../hooks/hook-files';

/** A form as it was sent; files stand in the answers by the ids that they will have. */
export type Sent = {
  key: string;
  shape: string;
  answers: Record<string, unknown>;
  files: SentFile[];
  /** The same for the same answers and files. */
  hash: string;
};

const text = z.string().max(100);

/** Reads what a page sent. Throws `unsupported_media_type`, `malformed_body`, `too_large`, `invalid_input`. */
export async function readSubmission(headers: Headers, bytes: Uint8Array): Promise<Sent> {
  if (mediaTypeOf(headers) !== 'multipart/form-data') {
    throw new AppError('unsupported_media_type', 'Send the form as multipart/form-data.');
  }
  const { fields, files } = await readMultipart(headers, bytes);
  const { [formParts.key]: key, [formParts.shape]: shape, ...given } = fields;
  const clean = z.record(z.string(), z.unknown()).parse(storable(given, 'The form'));
  const named = z.uuid().safeParse(key);
  if (!named.success) {
    throw new AppError('invalid_input', '$key: send a UUID, the same one for the same submission.');
  }
  return {
    key: named.data,
    shape: text.catch('').parse(shape),
    answers: clean,
    files,
    hash: hashOf(withContents(clean, files)),
  };
}

/** Files get a new id each time; what they hold is the same. */
function withContents(answers: Record<string, unknown>, files: readonly SentFile[]) {
  const contents = new Map(files.map(({ id, sha256 }) => [id, sha256]));
  return Object.entries(answers).map(([name, value]) => [
    name,
    typeof value === 'string' ? (contents.get(value) ?? value) : value,
  ]);
}

/** The answers as a run's input. Throws `invalid_input` with a sentence for each field that is wrong. */
export function inputOf({ fields }: FormView, { answers, files }: Sent): Record<string, unknown> {
  const checked = checkAnswers(fields, fitting(fields, answers, files));
  if (checked.ok) return checked.value;
  const { problems } = checked;
  const [name = ''] = Object.keys(problems);
  const label = fields.find((field) => field.name === name)?.label ?? name;
  throw new AppError('invalid_input', `${label}: ${problems[name]}`, {
    reason: 'answers',
    problems,
  });
}

/** A file where a file is asked for, and nowhere else; no answer can name a file that was not sent with it. */
function fitting(
  fields: FormView['fields'],
  answers: Record<string, unknown>,
  files: readonly SentFile[],
): Record<string, unknown> {
  return Object.fromEntries(
    fields.map(({ name, type }) => {
      const given = Object.hasOwn(answers, name) ? answers[name] : undefined;
      const isFile = files.some((file) => file.id === given && file.field === name);
      return [name, isFile === (type === 'file') ? given : undefined];
    }),
  );
}

/** Files that a run's input names: what else was sent is not kept. */
export const wantedFiles = (input: Record<string, unknown>, files: readonly SentFile[]) =>
  files.filter(({ id, field }) => input[field] === id);
