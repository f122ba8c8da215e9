import { type Budget, spend } from './budget';
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
  if (a === b) return true;
  if (Array.isArray(a)) {
    if (!Array.isArray(b) || a.length !== b.length) return false;
    return a.every((item, index) => isEqual(item, b[index], budget));
  }
  if (!isEntries(a) || !isEntries(b)) return false;
  const keys = Object.keys(a);
  if (keys.length !== Object.keys(b).length) return false;
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

/** Text of a value as JSON with sorted keys: equal values give equal texts. */
export function canonical(value: unknown, budget: Budget): string {
  spend(budget, 1);
  if (Array.isArray(value)) return `[${value.map((item) => canonical(item, budget)).join(',')}]`;
  if (isEntries(value)) {
    const keys = Object.keys(value).sort();
    return `{${keys.map((key) => `${JSON.stringify(key)}:${canonical(value[key], budget)}`).join(',')}}`;
  }
  return JSON.stringify(value) ?? 'null';
}

/** JSON text of a value, after checking that it is small enough to write. */
export function toJson(value: unknown, indent?: number): string {
  measure(value);
  return JSON.stringify(value, undefined, indent) ?? 'null';
}

/** Throws when a value is too big, too deep or not JSON. A shared part counts each time it occurs. */
export function measure(value: unknown): void {
  const used = { values: 0, length: 0 };
  visit(value, 0, used);
}

function visit(value: unknown, depth: number, used: { values: number; length: number }): void {
  used.values += 1;
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
    for (const item of value) visit(item, depth + 1, used);
  } else if (isEntries(value)) {
    for (const key of Object.keys(value)) {
      used.length += key.length;
      visit(value[key], depth + 1, used);
    }
  }
}
