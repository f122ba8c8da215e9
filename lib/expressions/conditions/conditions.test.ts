import fc from 'fast-check';
import { expect, test } from 'vitest';
import { evaluate } from '../evaluate';
import {
  type Conditions,
  isGroup,
  type Operand,
  type Operator,
  operators,
  type Row,
} from './conditions';
import { readConditions } from './read-conditions';
import { writeConditions } from './write-conditions';

/** `npm run proof` makes 100,000. */
const trials = Number(process.env.ENSEMBLE_CONDITIONS ?? '5000');

const names = { a: 5, b: 'Apple pie', c: ['x', 'y'], d: null, e: true, f: { g: 2, h: '' } };
const paths = [
  'a',
  'b',
  'c',
  'd',
  'e',
  'f.g',
  'f.h',
  'f["g"]',
  'c[0]',
  'a + 1',
  'size(c)',
  'b.lower()',
];
const text = fc.oneof(
  fc.string({ maxLength: 8 }),
  fc.constantFrom('Apple pie', 'pie', '', '"', '\\', '\n', 'ä😀', '{{ x }}', "it's", '\u2028'),
);
const number = fc.oneof(
  fc.integer({ min: -1e9, max: 1e9 }),
  fc.double({ noNaN: true, noDefaultInfinity: true }).filter((n) => !Object.is(n, -0)),
  fc.constantFrom(5, 0, Number.MAX_SAFE_INTEGER, -1.5e-7, 1e21),
);
const plain: fc.Arbitrary<Operand> = fc.oneof(
  text.map((value) => ({ kind: 'text' as const, text: value })),
  number.map((value) => ({ kind: 'number' as const, number: value })),
  fc.constantFrom(...paths).map((source) => ({ kind: 'expression' as const, source })),
);
const list: fc.Arbitrary<Operand> = fc
  .array(fc.oneof(text, number, fc.boolean()), { maxLength: 4 })
  .map((items) => ({ kind: 'list' as const, items }));

const operatorNames = Object.keys(operators).filter((name): name is Operator => name in operators);
const row: fc.Arbitrary<Row> = fc
  .record({ left: fc.constantFrom(...paths), operator: fc.constantFrom(...operatorNames) })
  .chain(({ left, operator }) => {
    const { takes } = operators[operator];
    if (takes === 'nothing') return fc.constant({ left, operator });
    return (takes === 'list' ? list : plain).map((right) => ({ left, operator, right }));
  });
/** Conditions as they are read: no group of one, and none inside a group of the same join. */
const conditions = (join: 'and' | 'or', depth: number): fc.Arbitrary<Conditions> =>
  fc
    .array(
      depth > 0
        ? fc.oneof(
            { weight: 3, arbitrary: row },
            { weight: 1, arbitrary: conditions(join === 'and' ? 'or' : 'and', depth - 1) },
          )
        : row,
      { minLength: 2, maxLength: 4 },
    )
    .map((rows) => ({ join, rows }));
const any = fc.oneof(
  conditions('and', 2),
  conditions('or', 2),
  row.map((only): Conditions => ({ join: 'and', rows: [only] })),
);

/** A source in the form in which the parser hands it back: without brackets around the whole. */
function same(read: Conditions | undefined, given: Conditions): void {
  expect(read).toEqual(given);
}

test('what is written as rows is read as the same rows', () => {
  fc.assert(
    fc.property(any, (given) => same(readConditions(writeConditions(given)), given)),
    { numRuns: trials, seed: 7 },
  );
});

test('the expression says what the rows say', () => {
  let compared = 0;
  fc.assert(
    fc.property(any, (given) => {
      const wanted = holds(given);
      if (wanted === undefined) return;
      compared += 1;
      expect([writeConditions(given), evaluate(writeConditions(given), names)]).toEqual([
        writeConditions(given),
        wanted,
      ]);
    }),
    { numRuns: trials, seed: 11 },
  );
  expect(compared).toBeGreaterThan(trials / 20);
});

test('what is no list of rows is left to be written as text', () => {
  for (const source of [
    'a',
    'a ? b : c',
    'c.exists(x, x == "x")',
    'a +',
    '!(a == 1)',
    'a == 1 && !e',
    'has(f.g)',
  ]) {
    expect([source, readConditions(source)]).toEqual([source, undefined]);
  }
});

test('an expression that people wrote keeps its value when it is written again', () => {
  const sources = [
    'a>3&&b.contains("pie")',
    '((a == 5)) || (f.g < 2 && !isEmpty(d))',
    "b == 'Apple pie'",
    '!(a in [1, 2]) && e == true',
    '(b + "!").startsWith("Apple")',
    'a == -5 || a - 5 == 0',
    '"x" in c',
    'isEmpty(f.nothing)',
  ];
  for (const source of sources) {
    const read = readConditions(source);
    expect([source, read === undefined]).toEqual([source, false]);
    if (read === undefined) continue;
    expect([source, evaluate(writeConditions(read), names)]).toEqual([
      source,
      evaluate(source, names),
    ]);
  }
});

test('rows that are not finished are left out', () => {
  const rows: Row[] = [
    { left: '', operator: 'is', right: { kind: 'text', text: 'x' } },
    { left: 'a', operator: 'is' },
    { left: 'a', operator: 'greater', right: { kind: 'expression', source: ' ' } },
  ];
  expect(writeConditions({ join: 'and', rows })).toBe('');
  const whole: Conditions = {
    join: 'or',
    rows: [...rows, { left: 'e', operator: 'isTrue' }, { join: 'and', rows }],
  };
  expect(writeConditions(whole)).toBe('e == true');
});

/** A reading of its own, without expressions: undefined where one of the parts is an error for them. */
function holds(part: Row | Conditions): boolean | undefined {
  if (isGroup(part)) {
    const all = part.rows.map(holds);
    if (all.includes(undefined)) return undefined;
    return part.join === 'and' ? all.every(Boolean) : all.some(Boolean);
  }
  const left = sourceValue(part.left);
  const right = part.right === undefined ? undefined : operandOf(part.right);
  const equal = JSON.stringify(left) === JSON.stringify(right);
  const bothTexts = typeof left === 'string' && typeof right === 'string';
  const ordered = (typeof left === 'number' && typeof right === 'number') || bothTexts;
  switch (part.operator) {
    case 'is':
      return equal;
    case 'isNot':
      return !equal;
    case 'greater':
      return ordered && typeof left === 'number' ? left > Number(right) : undefined;
    case 'less':
      return ordered && typeof left === 'number' ? left < Number(right) : undefined;
    case 'greaterOrEqual':
      return ordered && typeof left === 'number' ? left >= Number(right) : undefined;
    case 'lessOrEqual':
      return ordered && typeof left === 'number' ? left <= Number(right) : undefined;
    case 'contains':
      return bothTexts ? String(left).includes(String(right)) : undefined;
    case 'containsNot':
      return bothTexts ? !String(left).includes(String(right)) : undefined;
    case 'startsWith':
      return bothTexts ? String(left).startsWith(String(right)) : undefined;
    case 'endsWith':
      return bothTexts ? String(left).endsWith(String(right)) : undefined;
    case 'matches':
      return undefined;
    case 'isOneOf':
      return Array.isArray(right) ? right.some((item) => item === left) : undefined;
    case 'isNoneOf':
      return Array.isArray(right) ? !right.some((item) => item === left) : undefined;
    case 'isEmpty':
      return left === null || left === '';
    case 'isNotEmpty':
      return !(left === null || left === '');
    case 'isTrue':
      return left === true;
    case 'isFalse':
      return left === false;
  }
}

function sourceValue(source: string): unknown {
  const known: Record<string, unknown> = {
    ...{ a: 5, b: 'Apple pie', c: ['x', 'y'], d: null, e: true, 'f.g': 2, 'f.h': '', 'f["g"]': 2 },
    ...{ 'c[0]': 'x', 'a + 1': 6, 'size(c)': 2, 'b.lower()': 'apple pie' },
  };
  return known[source];
}

function operandOf(operand: Operand): unknown {
  switch (operand.kind) {
    case 'text':
      return operand.text.toWellFormed();
    case 'number':
      return operand.number;
    case 'boolean':
      return operand.boolean;
    case 'list':
      return operand.items;
    case 'expression':
      return sourceValue(operand.source);
  }
}
