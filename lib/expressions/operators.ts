import { indexIn } from './patterns/search';
import {
  type Budget,
  boundedLength,
  boundedTextLength,
  bytesOf,
  make,
  read,
  spend,
} from './values/budget';
import { ExpressionError } from './values/expression-error';
import { compare, isEntries, isEqual, kindOf } from './values/values';

/** Value of a binary operator on JSON values. */
export function binary(operator: string, left: unknown, right: unknown, budget: Budget): unknown {
  switch (operator) {
    case '==':
      return isEqual(left, right, budget);
    case '!=':
      return !isEqual(left, right, budget);
    case 'in':
      return isIn(left, right, budget);
    case '+':
      return add(left, right, budget);
    case '-':
    case '*':
    case '/':
    case '%':
      return calculate(operator, left, right);
    case '<':
    case '<=':
    case '>':
    case '>=':
      return isOrdered(operator, left, right, budget);
    default:
      throw new ExpressionError(`The operator "${operator}" is not supported.`);
  }
}

function isIn(value: unknown, container: unknown, budget: Budget): boolean {
  if (Array.isArray(container)) return container.some((item) => isEqual(item, value, budget));
  if (isEntries(container)) {
    if (typeof value !== 'string') return false;
    read(budget, value.length);
    return Object.hasOwn(container, value);
  }
  if (typeof container === 'string' && typeof value === 'string')
    return indexIn(container, value, budget) >= 0;
  throw new ExpressionError(
    `"in" needs a list, object or text on its right, but got ${kindOf(container)}.`,
  );
}

function add(left: unknown, right: unknown, budget: Budget): unknown {
  if (typeof left === 'number' && typeof right === 'number') return left + right;
  if (typeof left === 'string' && typeof right === 'string') {
    const length = boundedTextLength(left.length + right.length);
    read(budget, length);
    make(budget, bytesOf.text(length));
    return left + right;
  }
  if (Array.isArray(left) && Array.isArray(right)) {
    const length = boundedLength(left.length + right.length);
    spend(budget, length);
    make(budget, bytesOf.list(length));
    return [...left, ...right];
  }
  const help =
    typeof left === 'string' || typeof right === 'string' ? ' Use string(…) to make text.' : '';
  throw new ExpressionError(`"+" cannot add ${kindOf(left)} and ${kindOf(right)}.${help}`);
}

function calculate(operator: '-' | '*' | '/' | '%', left: unknown, right: unknown): number {
  if (typeof left !== 'number' || typeof right !== 'number') {
    throw new ExpressionError(
      `"${operator}" needs two numbers, but got ${kindOf(left)} and ${kindOf(right)}.`,
    );
  }
  switch (operator) {
    case '-':
      return left - right;
    case '*':
      return left * right;
    case '/':
    case '%':
      if (right === 0) throw new ExpressionError('This divides by zero.');
      return operator === '/' ? left / right : left % right;
  }
}

function isOrdered(
  operator: '<' | '<=' | '>' | '>=',
  left: unknown,
  right: unknown,
  budget: Budget,
): boolean {
  const comparable =
    typeof left === typeof right && ['number', 'string', 'boolean'].includes(typeof left);
  if (!comparable)
    throw new ExpressionError(
      `"${operator}" cannot compare ${kindOf(left)} with ${kindOf(right)}.`,
    );
  if (typeof left === 'string' && typeof right === 'string')
    read(budget, Math.min(left.length, right.length));
  const difference = compare(left, right);
  switch (operator) {
    case '<':
      return difference < 0;
    case '<=':
      return difference <= 0;
    case '>':
      return difference > 0;
    case '>=':
      return difference >= 0;
  }
}
