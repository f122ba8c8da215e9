import { readJson as readText } from '@/lib/api/json/read-json';
import { parseNumber } from '@/lib/expressions/values/numbers';
import { isRecord } from '@/lib/values/unknown';
import type { inputTypes } from './input-types';
import { choicesOf, isDate, isEmail } from './input-values';

export type InputField = {
  name: string;
  type: (typeof inputTypes)[number];
  required: boolean;
  default: string;
  /** What may be chosen, see `choicesOf`. */
  choices?: string;
};
export type CheckedInput =
  | { ok: true; value: Record<string, unknown> }
  | { ok: false; problems: string[] };

/** What is wrong with a value: nothing is there, it is not of its type, or it is a number with too many digits. */
export type InputFault = 'missing' | 'inexact' | InputField['type'];

/**
 * Brings a run's input into the declared shape: fills defaults, reads numbers, booleans and JSON out of texts.
 * Without declared fields any object passes. Each problem is one sentence that names the field.
 */
export function checkInput(fields: readonly InputField[], input: unknown): CheckedInput {
  if (!isRecord(input)) return { ok: false, problems: ['The input must be a JSON object.'] };
  if (fields.length === 0) return { ok: true, value: { ...input } };
  const names = fields.map((field) => field.name);
  const problems = Object.keys(input)
    .filter((name) => !names.includes(name))
    .map(
      (name) =>
        `There is no input "${name.slice(0, 60)}". This workflow’s inputs: ${names.join(', ')}.`,
    );
  const value: Record<string, unknown> = {};
  for (const field of fields) {
    const read = readField(field, input[field.name]);
    if ('fault' in read) problems.push(problemText(field, read.fault));
    else value[field.name] = read.value;
  }
  return problems.length ? { ok: false, problems } : { ok: true, value };
}

/** One value in its declared shape, or what is wrong with it. */
export function readField(
  field: InputField,
  given: unknown,
): { value: unknown } | { fault: InputFault } {
  const missing = given === undefined || given === null || given === '';
  const value = missing && field.default !== '' ? field.default : given;
  if (value === undefined || value === null || value === '') {
    if (field.required) return { fault: 'missing' };
    const isText = field.type === 'text' || field.type === 'longtext';
    return { value: isText && value === '' ? '' : null };
  }
  return coerce(field, value);
}

function coerce(field: InputField, value: unknown): { value: unknown } | { fault: InputFault } {
  const fault = { fault: field.type };
  const textThat = (fits: (text: string) => boolean) =>
    typeof value === 'string' && fits(value.trim()) ? { value: value.trim() } : fault;
  switch (field.type) {
    case 'text':
    case 'longtext':
      return typeof value === 'object' ? fault : { value: String(value) };
    case 'file':
      return typeof value === 'string' ? { value } : fault;
    case 'number': {
      const number = typeof value === 'string' ? parseNumber(value) : value;
      if (typeof number === 'number') return { value: number };
      return isTooLong(value) ? { fault: 'inexact' } : fault;
    }
    case 'boolean':
      if (value === true || value === 'true') return { value: true };
      return value === false || value === 'false' ? { value: false } : fault;
    case 'choice':
      return textThat((text) => choicesOf(field).includes(text));
    case 'date':
      return textThat(isDate);
    case 'email':
      return textThat(isEmail);
    case 'json':
      return readJson(value) ?? fault;
  }
}

function problemText(field: InputField, fault: InputFault): string {
  if (fault === 'missing') return `The input "${field.name}" is missing.`;
  return `The input "${field.name}" must be ${wanted(field, fault)}.`;
}

function wanted(field: InputField, fault: Exclude<InputFault, 'missing'>): string {
  switch (fault) {
    case 'text':
    case 'longtext':
      return 'a text';
    case 'file':
      return 'a file';
    case 'number':
      return 'a number';
    case 'inexact':
      return 'a number that is exact: this one has too many digits. Make it a text';
    case 'boolean':
      return 'true or false';
    case 'choice': {
      const choices = choicesOf(field).join(', ');
      return `one of: ${choices.length > 200 ? `${choices.slice(0, 200)}…` : choices}`;
    }
    case 'date':
      return 'a date such as 2026-11-30';
    case 'email':
      return 'an email address';
    case 'json':
      return 'JSON';
  }
}

function isTooLong(value: unknown): boolean {
  return typeof value === 'string' && /^\s*[+-]?\d{16,}\s*$/.test(value);
}

function readJson(value: unknown): { value: unknown } | undefined {
  if (typeof value !== 'string') return { value };
  const read = readText(value);
  return read.ok ? { value: read.value } : undefined;
}
