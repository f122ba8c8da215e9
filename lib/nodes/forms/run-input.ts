import { readJson as readText } from '@/lib/api/json/read-json';
import { parseNumber } from '@/lib/expressions/values/numbers';
import { isRecord } from '@/lib/values/unknown';

export const inputTypes = ['text', 'number', 'boolean', 'json', 'file'] as const;
export type InputField = {
  name: string;
  type: (typeof inputTypes)[number];
  required: boolean;
  default: string;
};
export type CheckedInput =
  | { ok: true; value: Record<string, unknown> }
  | { ok: false; problems: string[] };

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
    if ('problem' in read) problems.push(read.problem);
    else value[field.name] = read.value;
  }
  return problems.length ? { ok: false, problems } : { ok: true, value };
}

function readField(field: InputField, given: unknown): { value: unknown } | { problem: string } {
  const missing = given === undefined || given === null || given === '';
  const value = missing && field.default !== '' ? field.default : given;
  if (value === undefined || value === null || value === '') {
    if (field.required) return { problem: `The input "${field.name}" is missing.` };
    return { value: field.type === 'text' && value === '' ? '' : null };
  }
  return coerce(field, value);
}

function coerce(field: InputField, value: unknown): { value: unknown } | { problem: string } {
  const wanted = (what: string) => ({ problem: `The input "${field.name}" must be ${what}.` });
  switch (field.type) {
    case 'text':
      return typeof value === 'object' ? wanted('a text') : { value: String(value) };
    case 'file':
      return typeof value === 'string' ? { value } : wanted('a file');
    case 'number': {
      const number = typeof value === 'string' ? parseNumber(value) : value;
      if (typeof number === 'number') return { value: number };
      return isTooLong(value)
        ? wanted('a number that is exact: this one has too many digits. Make it a text')
        : wanted('a number');
    }
    case 'boolean':
      if (value === true || value === 'true') return { value: true };
      return value === false || value === 'false' ? { value: false } : wanted('true or false');
    case 'json':
      return readJson(value) ?? wanted('JSON');
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
