import type { Budget } from './budget';
import { toJson } from './values';

/** How a value reads inside a text: texts as they are, nothing for null, JSON for the rest. */
export function displayText(value: unknown, budget: Budget): string {
  if (typeof value === 'string') return value;
  return value === null || value === undefined ? '' : toJson(value, budget);
}
