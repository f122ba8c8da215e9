/** What a value is compared with. `expression` is anything that is no plain value. */
export type Operand =
  | { kind: 'text'; text: string }
  | { kind: 'number'; number: number }
  | { kind: 'boolean'; boolean: boolean }
  | { kind: 'list'; items: readonly (string | number | boolean)[] }
  | { kind: 'expression'; source: string };

export type Operator = keyof typeof operators;

/** One comparison. `left` is the source of an expression, most often the path of a value. */
export type Row = { left: string; operator: Operator; right?: Operand };

/** Rows and groups of rows of which all (`and`) or one (`or`) must hold. A group inside has the other join. */
export type Conditions = { join: Join; rows: readonly (Row | Conditions)[] };
export type Join = 'and' | 'or';

/** The operators of a row in the order in which people choose among them, and how many values they take on the right. */
export const operators = {
  is: { label: 'is', takes: 'value' },
  isNot: { label: 'is not', takes: 'value' },
  greater: { label: 'is greater than', takes: 'value' },
  greaterOrEqual: { label: 'is at least', takes: 'value' },
  less: { label: 'is less than', takes: 'value' },
  lessOrEqual: { label: 'is at most', takes: 'value' },
  contains: { label: 'contains', takes: 'value' },
  containsNot: { label: 'does not contain', takes: 'value' },
  startsWith: { label: 'starts with', takes: 'value' },
  endsWith: { label: 'ends with', takes: 'value' },
  matches: { label: 'matches the pattern', takes: 'value' },
  isOneOf: { label: 'is one of', takes: 'list' },
  isNoneOf: { label: 'is none of', takes: 'list' },
  isEmpty: { label: 'is empty', takes: 'nothing' },
  isNotEmpty: { label: 'is not empty', takes: 'nothing' },
  isTrue: { label: 'is true', takes: 'nothing' },
  isFalse: { label: 'is false', takes: 'nothing' },
} as const satisfies Record<string, { label: string; takes: 'value' | 'list' | 'nothing' }>;

export const isGroup = (part: Row | Conditions): part is Conditions => 'rows' in part;

/** Whether a row says enough to be part of an expression. */
export function isComplete({ left, operator, right }: Row): boolean {
  if (left.trim() === '') return false;
  if (operators[operator].takes === 'nothing') return true;
  return right !== undefined && !(right.kind === 'expression' && right.source.trim() === '');
}
