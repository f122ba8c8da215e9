import { hasMark } from '@/lib/api/has-mark';
import { exactNumber } from '@/lib/api/json/exact-number';
import { jsonProblemText, readJson } from '@/lib/api/json/read-json';
import type { ServiceField } from '../schema';

const mark = Symbol.for('ensemble.ServiceValueError');

/** What is wrong with a value that was entered, in a sentence for people. */
export class ServiceValueError extends Error {
  readonly [mark] = true;
  static isInstance(value: unknown): value is ServiceValueError {
    return hasMark(value, mark);
  }
}

export const nameOf = ({ title, name }: Pick<ServiceField, 'title' | 'name'>): string =>
  title ?? name;

/**
 * A text that was entered as the value that the service expects. A list is JSON, or one item a line, or items between
 * commas; an object is JSON.
 */
export function convert(field: ServiceField, text: string): unknown {
  const value = text.trim();
  switch (field.type) {
    case 'text':
      return text;
    case 'integer':
    case 'number': {
      const whole = /^-?\d+$/.test(value);
      if (whole || (field.type === 'number' && isNumber(value))) return exactNumber(value);
      throw wrong(
        field,
        field.type === 'integer' ? 'must be a whole number' : 'must be a number',
        value,
      );
    }
    case 'boolean':
      if (value === 'true' || value === 'false') return value === 'true';
      throw wrong(field, 'must be true or false', value);
    case 'list':
      return listOf(field, value);
    case 'object': {
      const read = json(field, value);
      if (typeof read === 'object' && read !== null && !Array.isArray(read)) return read;
      throw wrong(field, 'must be a JSON object', value);
    }
    case 'any': {
      const read = readJson(value);
      return read.ok ? read.value : text;
    }
  }
}

const isNumber = (text: string) => /^-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?$/.test(text);

function listOf(field: ServiceField, value: string): unknown[] {
  if (value.startsWith('[')) {
    const read = json(field, value);
    if (Array.isArray(read)) return read;
  }
  const { items = 'text' } = field;
  if (items === 'object' || items === 'list') throw wrong(field, 'must be a JSON list', value);
  const parts = value
    .split(value.includes('\n') ? '\n' : ',')
    .map((part) => part.trim())
    .filter((part) => part !== '');
  return parts.map((part) => convert({ ...field, type: items }, part));
}

function json(field: ServiceField, value: string): unknown {
  const read = readJson(value);
  if (read.ok) return read.value;
  throw new ServiceValueError(`"${nameOf(field)}" must be JSON: ${jsonProblemText(read.problem)}.`);
}

function wrong(field: ServiceField, what: string, value: string): ServiceValueError {
  return new ServiceValueError(`"${nameOf(field)}" ${what}, not "${value.slice(0, 60)}".`);
}

/** A value as it stands in an address, a header or a form. */
export const written = (value: unknown): string =>
  typeof value === 'string' ? value : JSON.stringify(value);
