import { type InputFault, readField } from '@/lib/nodes/forms/run-input';
import type { RunInput } from '@/lib/nodes/forms/run-inputs';
import type { FormField } from './schema';

/** Characters that one answer may have. */
const maxCharacters: Partial<Record<FormField['type'], number>> = {
  longtext: 50_000,
  json: 50_000,
};
export const maxCharactersOf = ({ type }: Pick<FormField, 'type'>): number =>
  maxCharacters[type] ?? 2_000;

/** The inputs of a start step as fields of a form. */
export function formFields(inputs: readonly RunInput[]): FormField[] {
  return inputs.map(({ name, type, required, default: initial, choices, label, description }) => ({
    name,
    type,
    required,
    default: initial,
    choices: choices ?? '',
    label: label || name,
    description,
  }));
}

/**
 * Reads the answers of a form, on the page and on the server alike: their values, or for each field what is wrong, in words
 * for who fills it in. A file is any text here. Answers to what is no field are left out.
 */
export function checkAnswers(
  fields: readonly FormField[],
  answers: Readonly<Record<string, unknown>>,
): { ok: true; value: Record<string, unknown> } | { ok: false; problems: Record<string, string> } {
  const value: Record<string, unknown> = {};
  const problems: Record<string, string> = {};
  for (const field of fields) {
    const given = Object.hasOwn(answers, field.name) ? answers[field.name] : undefined;
    const problem = tooLong(field, given);
    const read = readField(field, typeof given === 'string' && given.trim() === '' ? '' : given);
    if (problem !== undefined) problems[field.name] = problem;
    else if ('fault' in read) problems[field.name] = words(field, read.fault);
    else value[field.name] = read.value;
  }
  return Object.keys(problems).length === 0 ? { ok: true, value } : { ok: false, problems };
}

function tooLong(field: FormField, given: unknown): string | undefined {
  const most = maxCharactersOf(field);
  if (typeof given !== 'string' || given.length <= most) return undefined;
  return `Use at most ${most.toLocaleString('en-US')} characters. There are ${given.length.toLocaleString('en-US')}.`;
}

function words({ type }: FormField, fault: InputFault): string {
  switch (fault) {
    case 'missing':
      return missingWords[type] ?? 'Fill this in.';
    case 'inexact':
      return 'This number has too many digits.';
    case 'number':
      return 'Enter a number.';
    case 'boolean':
      return 'Choose yes or no.';
    case 'choice':
      return 'Choose one of the options.';
    case 'date':
      return 'Enter a date.';
    case 'email':
      return 'Enter an email address, such as ada@example.com.';
    case 'file':
      return 'Choose a file.';
    case 'json':
      return 'Enter JSON, such as {"a": 1}.';
    case 'text':
    case 'longtext':
      return 'Enter a text.';
  }
}

const missingWords: Partial<Record<FormField['type'], string>> = {
  choice: 'Choose one of the options.',
  boolean: 'Choose yes or no.',
  file: 'Choose a file.',
  date: 'Enter a date.',
};
