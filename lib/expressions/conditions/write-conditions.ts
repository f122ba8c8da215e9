import { parseExpression } from '../parse';
import { type Conditions, isComplete, isGroup, type Operand, type Row } from './conditions';

/** The expression of some conditions. Rows that are not complete are left out; none at all give an empty text. */
export function writeConditions(conditions: Conditions): string {
  const parts = conditions.rows.flatMap((part) => {
    if (!isGroup(part)) return isComplete(part) ? [writeRow(part)] : [];
    const inner = writeConditions(part);
    if (inner === '') return [];
    return [countOf(part) > 1 ? `(${inner})` : inner];
  });
  return parts.join(conditions.join === 'and' ? ' && ' : ' || ');
}

/** How many comparisons of it are written. */
const countOf = ({ rows }: Conditions): number =>
  rows.reduce(
    (count, part) => count + (isGroup(part) ? countOf(part) : Number(isComplete(part))),
    0,
  );

const compared = {
  is: '==',
  isNot: '!=',
  greater: '>',
  greaterOrEqual: '>=',
  less: '<',
  lessOrEqual: '<=',
} as const;
const called = {
  contains: 'contains',
  startsWith: 'startsWith',
  endsWith: 'endsWith',
  matches: 'matches',
} as const;

function writeRow({ left, operator, right }: Row): string {
  const value = right === undefined ? '' : writeOperand(right);
  switch (operator) {
    case 'is':
    case 'isNot':
    case 'greater':
    case 'greaterOrEqual':
    case 'less':
    case 'lessOrEqual':
      return `${closed(left)} ${compared[operator]} ${value}`;
    case 'contains':
    case 'startsWith':
    case 'endsWith':
    case 'matches':
      return `${closed(left)}.${called[operator]}(${value})`;
    case 'containsNot':
      return `!${closed(left)}.contains(${value})`;
    case 'isOneOf':
      return `${closed(left)} in ${value}`;
    case 'isNoneOf':
      return `!(${closed(left)} in ${value})`;
    case 'isEmpty':
      return `isEmpty(${left.trim()})`;
    case 'isNotEmpty':
      return `!isEmpty(${left.trim()})`;
    case 'isTrue':
      return `${closed(left)} == true`;
    case 'isFalse':
      return `${closed(left)} == false`;
  }
}

function writeOperand(operand: Operand): string {
  switch (operand.kind) {
    case 'text':
      return JSON.stringify(operand.text.toWellFormed());
    case 'number':
      return writeNumber(operand.number);
    case 'boolean':
      return String(operand.boolean);
    case 'list':
      return `[${operand.items.map(writeItem).join(', ')}]`;
    case 'expression':
      return closed(operand.source);
  }
}

const writeItem = (item: string | number | boolean): string =>
  typeof item === 'string'
    ? JSON.stringify(item.toWellFormed())
    : typeof item === 'number'
      ? writeNumber(item)
      : String(item);

/** Whole numbers beyond those that are exact are written as fractions: as whole ones they would be refused. */
const writeNumber = (number: number): string =>
  Number.isInteger(number) && !Number.isSafeInteger(number) && !/e/.test(String(number))
    ? `${number}.0`
    : String(number);

/** A source that stands as one part, whatever comes beside it. What cannot be read stays as it is. */
function closed(source: string): string {
  const text = source.trim();
  try {
    const { op } = parseExpression(text);
    const whole = ['value', 'id', '.', '[]', 'call', 'rcall', 'list', 'map'].includes(op);
    return whole ? text : `(${text})`;
  } catch {
    return text;
  }
}
