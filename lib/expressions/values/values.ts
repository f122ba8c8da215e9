import { type Budget, bytesOf, make, read, spend } from './budget';
import { ExpressionError } from './expression-error';
import { expressionLimits } from './limits';

export type Entries = Record<string, unknown>;

/** Keys that could reach an object's prototype. Nobody may make them. */
export const forbiddenKeys: ReadonlySet<string> = new Set([
  '__proto__',
  'constructor',
  'prototype',
]);

export function isEntries(value: unknown): value is Entries {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

const fieldNames = new WeakMap<Entries, string[]>();

/**
 * Field names of an object. Paid each time, listed once: an object of a million fields takes long to list, and the
 * values that expressions see never change.
 */
export function keysOf(value: Entries, budget: Budget): string[] {
  let names = fieldNames.get(value);
  if (names === undefined) {
    names = Object.keys(value);
    if (names.length > 50) fieldNames.set(value, names);
  }
  spend(budget, names.length);
  return names;
}

/** A name as sentences show it: whoever wrote a long one knows its beginning. */
export function shortName(name: string): string {
  return name.length > 60 ? `${name.slice(0, 57)}…` : name;
}

/** What people call the kind of a value. */
export function kindOf(value: unknown): string {
  if (value === null || value === undefined) return 'null';
  if (Array.isArray(value)) return 'a list';
  switch (typeof value) {
    case 'string':
      return 'text';
    case 'number':
      return 'a number';
    case 'boolean':
      return 'true/false';
    default:
      return 'an object';
  }
}

/** Deep equality of JSON values; pays for what it looks at. */
export function isEqual(a: unknown, b: unknown, budget: Budget): boolean {
  spend(budget, 1);
  if (typeof a === 'string') {
    if (typeof b !== 'string' || a.length !== b.length) return false;
    read(budget, a.length);
    return a === b;
  }
  if (a === b) return true;
  if (Array.isArray(a)) {
    if (!Array.isArray(b) || a.length !== b.length) return false;
    return a.every((item, index) => isEqual(item, b[index], budget));
  }
  if (!isEntries(a) || !isEntries(b)) return false;
  const keys = keysOf(a, budget);
  if (keys.length !== keysOf(b, budget).length) return false;
  return keys.every((key) => Object.hasOwn(b, key) && isEqual(a[key], b[key], budget));
}

const order = ['null', 'true/false', 'a number', 'text', 'a list', 'an object'];

/** A total order: null, false, true, numbers, texts by code unit; lists and objects stay as they are. */
export function compare(a: unknown, b: unknown): number {
  if (typeof a === 'number' && typeof b === 'number') return a - b;
  if (typeof a === 'string' && typeof b === 'string') return a < b ? -1 : a > b ? 1 : 0;
  const difference = order.indexOf(kindOf(a)) - order.indexOf(kindOf(b));
  return difference === 0 && typeof a === 'boolean' ? Number(a) - Number(b) : difference;
}

/** Pays for putting so many texts or numbers in order. */
export function payForOrder(values: readonly unknown[], budget: Budget): void {
  const rounds = 1 + Math.ceil(Math.log2(values.length + 1));
  spend(budget, values.length * rounds);
  let characters = 0;
  for (const value of values) if (typeof value === 'string') characters += value.length;
  read(budget, characters * rounds);
}

/** Text of a value as JSON with sorted keys: equal values give equal texts. */
export function canonical(value: unknown, budget: Budget): string {
  spend(budget, 1);
  if (Array.isArray(value)) {
    make(budget, bytesOf.list(value.length));
    return paid(`[${value.map((item) => canonical(item, budget)).join(',')}]`, budget);
  }
  if (isEntries(value)) {
    const names = keysOf(value, budget);
    payForOrder(names, budget);
    make(budget, bytesOf.list(2 * names.length));
    const parts = [...names]
      .sort()
      .map((key) => `${paid(JSON.stringify(key), budget)}:${canonical(value[key], budget)}`);
    return paid(`{${parts.join(',')}}`, budget);
  }
  if (typeof value === 'string') read(budget, 4 * value.length);
  return paid(JSON.stringify(value) ?? 'null', budget);
}

function paid(text: string, budget: Budget): string {
  make(budget, bytesOf.text(text.length));
  return text;
}

/** JSON text of a value, after checking that it is small enough to write. */
export function toJson(value: unknown, budget: Budget, indent?: number): string {
  const { length, values } = measure(value, budget);
  // A character that has to be escaped takes six.
  if (length + values > expressionLimits.textLength)
    throw new ExpressionError('The value is too large to be written as text.', undefined, true);
  read(budget, 4 * length);
  make(budget, bytesOf.text(length + 4 * values));
  return paid(JSON.stringify(value, undefined, indent) ?? 'null', budget);
}

type Measured = { values: number; length: number };

/**
 * How large a value is. Throws when it is too big, too deep or not JSON. A shared part counts each time it occurs,
 * and is paid for each time where there is a budget.
 */
export function measure(value: unknown, budget?: Budget): Measured {
  const used = { values: 0, length: 0 };
  visit(value, 0, used, budget);
  return used;
}

function visit(value: unknown, depth: number, used: Measured, budget: Budget | undefined): void {
  used.values += 1;
  if (budget !== undefined) spend(budget, 1);
  if (typeof value === 'string') used.length += value.length;
  if (used.values > expressionLimits.resultValues || used.length > expressionLimits.resultLength) {
    throw new ExpressionError('The result is too large.', undefined, true);
  }
  if (depth > expressionLimits.depth) {
    throw new ExpressionError(
      `The result is nested more than ${expressionLimits.depth} levels deep.`,
      undefined,
      true,
    );
  }
  if (typeof value === 'number' && !Number.isFinite(value)) {
    throw new ExpressionError('The result is not a finite number.');
  }
  if (Array.isArray(value)) {
    for (const item of value) visit(item, depth + 1, used, budget);
  } else if (isEntries(value)) {
    for (const key of budget === undefined ? Object.keys(value) : keysOf(value, budget)) {
      used.length += key.length;
      visit(value[key], depth + 1, used, budget);
    }
  }
}
