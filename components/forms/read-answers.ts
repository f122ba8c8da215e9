import { checkAnswers } from '@/lib/triggers/forms/answers';
import { type FormField, formParts, maxFormBytes } from '@/lib/triggers/forms/schema';
import { isTick } from './answer-kinds';

export type Problems = Record<string, string>;

/** What is wrong with what stands in a form now; empty when it can be sent. */
export function problemsOf(fields: readonly FormField[], form: HTMLFormElement): Problems {
  const data = new FormData(form);
  const entries = fields.map((field) => [field.name, answerOf(field, data)] as const);
  const checked = checkAnswers(fields, Object.fromEntries(entries));
  const problems = checked.ok ? {} : checked.problems;
  return { ...problems, ...sizeProblem(fields, data) };
}

function answerOf(field: FormField, data: FormData): string | undefined {
  const value = data.get(field.name);
  // For the check a file is its name: the server gives it another one.
  if (value instanceof File) return value.size === 0 && value.name === '' ? '' : value.name;
  if (isTick(field)) return value === null ? 'false' : 'true';
  return value ?? undefined;
}

function sizeProblem(fields: readonly FormField[], data: FormData): Problems {
  const files = fields.flatMap(({ name }) => {
    const file = data.get(name);
    return file instanceof File ? [{ name, size: file.size }] : [];
  });
  const all = files.reduce((sum, { size }) => sum + size, 0);
  const largest = files.toSorted((a, b) => b.size - a.size)[0];
  if (all <= maxFormBytes || largest === undefined) return {};
  const most = maxFormBytes / 1_048_576;
  const together = files.filter(({ size }) => size > 0).length > 1 ? ' together' : '';
  return { [largest.name]: `Too large: at most ${most} MB${together}.` };
}

/** The answers as they are sent; the same key again is the same submission. */
export function submissionOf(
  fields: readonly FormField[],
  form: HTMLFormElement,
  { key, shape }: { key: string; shape: string },
): FormData {
  const data = new FormData(form);
  for (const field of fields) {
    const value = data.get(field.name);
    if (isTick(field)) data.set(field.name, value === null ? 'false' : 'true');
    if (value instanceof File && value.size === 0 && value.name === '') data.delete(field.name);
  }
  data.set(formParts.key, key);
  data.set(formParts.shape, shape);
  return data;
}
