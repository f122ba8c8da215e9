import type { Node } from './parse';
import type { Budget } from './values/budget';
import { ExpressionError } from './values/expression-error';
import { type Entries, kindOf } from './values/values';

/** Names that an expression can see: what the step gives, and the variables of the loops around it. */
export type Surroundings = { names: Entries; local?: Local; budget: Budget };
export type Local = { name: string; value: unknown; outer?: Local };

/** The same surroundings with one more loop variable. */
export function withLocal(around: Surroundings, name: string, value: unknown): Surroundings {
  return { ...around, local: { name, value, outer: around.local } };
}

/** How macros evaluate their parts: handed to them, since the interpreter calls them. */
export type Interpret = (node: Node, around: Surroundings) => unknown;

export function truth(value: unknown, what: string): boolean {
  if (typeof value !== 'boolean')
    throw new ExpressionError(`${what} must be true or false, but got ${kindOf(value)}.`);
  return value;
}
