import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { checkExpression, checkTemplate } from './check';
import { evaluate } from './evaluate';
import { parseReferences, renameReferences } from './references';
import { render } from './render';
import { ExpressionError } from './values/expression-error';

const rows = [
  { month: '2026-01', product: 'Tea', units: 3, price: 2.5 },
  { month: '2026-02', product: 'Tea', units: null, price: 2.5 },
  { month: '2026-01', product: 'Coffee', units: 5, price: 4 },
];
const scope = {
  input: { name: 'Ada', count: 4 },
  steps: { clean: { output: { rows } } },
  run: { id: 'r' },
};
const at = (expression: string) => evaluate(expression, scope);

describe('evaluate', () => {
  it.each<[string, unknown]>([
    ['1 == 1.0', true],
    ['7 / 2', 3.5],
    ['7 % 4', 3],
    ['1 + 2 * 3', 7],
    ['-(-2)', 2],
    ['input.count / 2', 2],
    ['steps.clean.output.rows[0].product', 'Tea'],
    ['steps["clean"].output.rows[input.count - 3].month', '2026-02'],
    ['size(steps.clean.output.rows)', 3],
    ['steps.clean.output.rows.sum("units")', 8],
    ['steps.clean.output.rows.filter(r, r.units != null).sum(r, r.units * r.price)', 27.5],
    ['steps.clean.output.rows.map(r, r.units == null, r.month)', ['2026-02']],
    [
      'steps.clean.output.rows.groupBy("month").map(g, {month: g.key, n: size(g.items)})',
      [
        { month: '2026-01', n: 2 },
        { month: '2026-02', n: 1 },
      ],
    ],
    ['steps.clean.output.rows.sortBy("price").reverse()[0].product', 'Coffee'],
    ['steps.clean.output.rows.unique(r, r.product).size()', 2],
    ['steps.clean.output.rows.exists(r, r.units > 4)', true],
    ['has(input.name) && !has(input.age) && !has(steps.other.output)', true],
    ['cel.bind(n, input.count, n * n)', 16],
    ['max(1, 5, 3)', 5],
    ['[3, 1, 2].max()', 3],
    ['[].avg()', null],
    ['[1, "a", null, true]', [1, 'a', null, true]],
    ['trend([1, 3, 5])', { slope: 2, intercept: 1 }],
    ['round(1.005, 2)', 1.01],
    ['round(-2.5)', -3],
    ['formatNumber(1234567.5, 2)', '1,234,567.50'],
    ['toNumber(" 12.5 ")', 12.5],
    ['toNumber("n/a")', null],
    ['"b" in ["a", "b"] && "name" in input && "ell" in "hello"', true],
    ['"Ab".lower() + "Ab".upper()', 'abAB'],
    ['["a", "b"].join(", ")', 'a, b'],
    ['json({"a": [1, 2]})', '{"a":[1,2]}'],
    ['parseJson("[1, {\\"a\\": 2}]")[1].a', 2],
    ['addMonths("2026-11", 3)', '2027-02'],
    ['addMonths("2024-01-31", 1)', '2024-02-29'],
    ['year("2026-03-14T10:00:00Z") + month("2026-03")', 2029],
    ['"2026-03".matches("^\\\\d{4}-\\\\d{2}$")', true],
    ['false && missing.x', false],
    ['missing.x || true', true],
    ['[[1, 2], [3]].flatten()', [1, 2, 3]],
    ['range(3).map(i, i * i)', [0, 1, 4]],
  ])('%s', (expression, expected) => {
    expect(at(expression)).toEqual(expected);
  });

  it.each<[string, string]>([
    ['steps.other.output', 'steps.other is not an earlier step'],
    ['steps.clean.output.lines', 'steps.clean.output has no field "lines"'],
    ['steps.clean.output.rows[9]', 'There is no item 9: the list has 3.'],
    ['input.nme', 'input has no field "nme"'],
    ['1 / 0', 'divides by zero'],
    ['"a" + 1', 'Use string(…)'],
    ['nope(1)', 'There is no function "nope"'],
    ['sum(1, 2, 3)', 'sum() is written'],
    ['input.count ? 1 : 2', 'must be true or false'],
    ['1 +', 'expression is incomplete'],
    ['', 'empty'],
    ['{"__proto__": 1}', 'cannot be a key'],
    ['input.constructor', 'has no field'],
    ['input.name.constructor', 'has no field'],
    ['b"x"', 'Bytes are not supported'],
  ])('%s fails plainly', (expression, message) => {
    expect(() => at(expression)).toThrow(ExpressionError);
    expect(() => at(expression)).toThrow(message);
  });

  it('says where it failed', () => {
    try {
      at('1 + input.nme');
      expect.unreachable();
    } catch (error) {
      expect((error as ExpressionError).range).toEqual({ start: 4, end: 13 });
    }
  });

  it.each([
    'range(2000).map(a, range(2000).map(b, a * b))',
    'range(200000).map(a, range(200000)).size()',
    'cel.bind(a, range(200000), cel.bind(b, a + a, b + b)).size()',
    `${'cel.bind(a, a + a, '.repeat(40)}a${')'.repeat(40)}`.replaceAll(
      'a + a',
      '"xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx" + "y"',
    ),
    `cel.bind(l, [1], ${'cel.bind(l, [l, l, l, l], '.repeat(30)}json(l)${')'.repeat(31)}`,
    `"${'a'.repeat(5000)}".matches("(a*)*(a*)*(a*)*(a*)*(a*)*(a*)*(a*)*(a*)*(a*)*(a*)*(a*)*(a*)*(a*)*(a*)*b")`,
    '"aa".replace("a", "aaaaaaaa")',
    '('.repeat(10_000),
    '1 + '.repeat(4_000),
    '['.repeat(60),
    `${'!'.repeat(5_000)}true`,
    `${'a.'.repeat(3_000)}b`,
  ])('ends soon: %#', (expression) => {
    try {
      at(expression);
    } catch (error) {
      expect(error).toBeInstanceOf(ExpressionError);
    }
  });

  it('throws nothing but ExpressionError on any text', () => {
    const pieces = fc.constantFrom(
      'steps',
      'clean',
      'output',
      'rows',
      'input',
      '.',
      '[',
      ']',
      '(',
      ')',
      '{',
      '}',
      '{{',
      '}}',
      '"',
      "'",
      ',',
      ':',
      '?',
      '+',
      '-',
      '*',
      '/',
      '%',
      '==',
      '<',
      '>=',
      '&&',
      '||',
      '!',
      'in',
      'map',
      'filter',
      'has',
      'cel',
      'bind',
      'size',
      'sum',
      'round',
      'x',
      '1',
      '2.5',
      '1u',
      'b"',
      'null',
      'true',
      ' ',
      '\n',
      '\\',
      'r"',
      '"""',
      '0x',
      '1e',
      'sortBy',
      'matches',
      '"("',
      '"a{3}"',
      'toNumber',
      'range',
      '-1',
      '99999999999999999999',
    );
    const text = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.array(pieces, { maxLength: 25 }).map((all) => all.join('')),
    );
    fc.assert(
      fc.property(text, (source) => {
        for (const attempt of [() => evaluate(source, scope), () => render(source, scope)]) {
          try {
            const value = attempt();
            expect(JSON.stringify(value)).toBeDefined();
          } catch (error) {
            expect(error).toBeInstanceOf(ExpressionError);
          }
        }
        checkExpression(source, { names: ['input'], steps: ['clean'] });
        checkTemplate(source, { names: ['input'], steps: ['clean'] });
        parseReferences(source);
        expect(renameReferences(source, named('nowhere', 'else'))).toBe(source);
      }),
      { numRuns: 5_000 },
    );
  });
});

describe('render', () => {
  it.each<[string, string]>([
    ['Hi {{ input.name }}!', 'Hi Ada!'],
    ['{{ input.count }}', '4'],
    ['{{ {"a": {"b": 1}} }}', '{"a":{"b":1}}'],
    ['{{ "}}" }}', '}}'],
    ['\\{{ input }} stays', '{{ input }} stays'],
    ['{{ null }}|{{ true }}|{{ [1] }}', '|true|[1]'],
    ['no } braces {', 'no } braces {'],
  ])('%s', (template, expected) => expect(render(template, scope)).toBe(expected));

  it('places errors in the template', () => {
    expect(checkTemplate('Dear {{ input.x + nope }}', { names: ['input'] })).toMatchObject([
      { range: { start: 18, end: 22 } },
    ]);
    expect(() => render('a {{ input', scope)).toThrow('not closed');
  });
});

const named = (from: string, to: string) => (key: string) => (key === from ? to : undefined);

describe('references', () => {
  it('finds the steps that a text names', () => {
    const text =
      'A {{ steps.clean.output.rows.map(r, r.steps.no) }} B {{ steps["fetch"].output + steps.clean.x }}';
    expect(
      parseReferences(text).map(({ key, range }) => [key, text.slice(range.start, range.end)]),
    ).toEqual([
      ['clean', 'clean'],
      ['fetch', 'fetch'],
      ['clean', 'clean'],
    ]);
  });
  it('leaves prose alone', () =>
    expect(renameReferences('the steps.clean one', named('clean', 'tidy'))).toBe(
      'the steps.clean one',
    ));
  it('renames in templates, expressions and broken text', () => {
    expect(renameReferences('{{ steps.clean.output }} steps.clean', named('clean', 'tidy'))).toBe(
      '{{ steps.tidy.output }} steps.clean',
    );
    expect(
      renameReferences('steps.clean.output + steps.cleaner.output', named('clean', 'tidy')),
    ).toBe('steps.tidy.output + steps.cleaner.output');
    expect(renameReferences('{{ steps.clean.output + ', named('clean', 'tidy'))).toBe(
      '{{ steps.tidy.output + ',
    );
    expect(renameReferences('{{ steps.steps.output }}', named('steps', 'tidy'))).toBe(
      '{{ steps.tidy.output }}',
    );
  });
});

describe('check', () => {
  it('knows names, steps, functions and loop variables', () => {
    const known = { names: ['input', 'steps'], steps: ['clean'] };
    const messages = (text: string) => checkExpression(text, known).map((error) => error.message);
    expect(messages('steps.clean.output.rows.map(r, {name: r.x, n: input.y})')).toEqual([]);
    expect(messages('steps.other.output')).toEqual(['steps.other is not an earlier step.']);
    expect(messages('r.x + foo(1) + round()')).toEqual([
      'There is no value named "r" here.',
      'There is no function "foo".',
      'round() is written round(number, digits).',
    ]);
  });
});
