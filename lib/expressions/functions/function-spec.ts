import type { Budget } from '../values/budget';
import { ExpressionError } from '../values/expression-error';
import { type Entries, isEntries, kindOf } from '../values/values';

/** A function of expressions. It can be called as `name(a, b)` and as `a.name(b)`. */
export type FunctionSpec = {
  name: string;
  /** How people write it, for completion and docs. */
  signature: string;
  summary: string;
  /** Fewest and most arguments, the receiver included. */
  arity: [number, number];
  call(args: unknown[], budget: Budget): unknown;
};

export function wrong(name: string, wanted: string, value: unknown): ExpressionError {
  return new ExpressionError(`${name}() needs ${wanted}, but got ${kindOf(value)}.`);
}

export function listOf(name: string, value: unknown): unknown[] {
  if (!Array.isArray(value)) throw wrong(name, 'a list', value);
  return value;
}

export function textOf(name: string, value: unknown): string {
  if (typeof value !== 'string') throw wrong(name, 'text', value);
  return value;
}

export function numberOf(name: string, value: unknown): number {
  if (typeof value !== 'number') throw wrong(name, 'a number', value);
  return value;
}

export function wholeOf(name: string, value: unknown): number {
  const number = numberOf(name, value);
  if (!Number.isSafeInteger(number)) throw new ExpressionError(`${name}() needs a whole number.`);
  return number;
}

export function entriesOf(name: string, value: unknown): Entries {
  if (!isEntries(value)) throw wrong(name, 'an object', value);
  return value;
}
