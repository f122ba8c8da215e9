import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { checkExpression, checkTemplate, maxErrors } from './check';
import { evaluate } from './evaluate';
import { matchesPattern } from './patterns/pattern';
import { indexIn, placesIn } from './patterns/search';
import { render } from './render';
import { bombs } from './testing/bombs';
import { newBudget } from './values/budget';
import { ExpressionError } from './values/expression-error';

describe('what people write', () => {
  it.each(bombs)('ends within its budget: $kind, $name', ({ as, text }) => {
    // A tenth of what a step has: enough to see that each kind pays.
    const budget = { left: newBudget().left / 10, bytes: newBudget().bytes };
    try {
      if (as === 'expression') evaluate(text, {}, undefined, budget);
      else render(text, {}, undefined, budget);
      expect(Math.min(budget.left, budget.bytes)).toBeGreaterThanOrEqual(0);
    } catch (error) {
      expect(error).toBeInstanceOf(ExpressionError);
      expect((error as Error).message.length).toBeLessThan(500);
    }
    const known = { names: [] };
    const found = as === 'expression' ? checkExpression(text, known) : checkTemplate(text, known);
    expect(found.length).toBeLessThanOrEqual(maxErrors + 1);
  });

  it('is told about twenty errors, and how many more there are', () => {
    const names = Array.from({ length: 1_900 }, (_, index) => `a${index}`).join('+');
    expect(checkExpression(names, { names: [] }).at(-1)?.message).toBe(
      'And 1880 more problems of this kind.',
    );
  });
});

describe('one budget', () => {
  it('serves all holes of a template', () => {
    const hole = '{{ range(150000).map(i, i * i).size() }}';
    expect(render(hole.repeat(2), {})).toBe('150000150000');
    expect(() => render(hole.repeat(20), {})).toThrow('too much');
  });

  it('serves all texts of a step', () => {
    const budget = newBudget();
    const work = () => evaluate('range(150000).map(i, i * i).size()', {}, undefined, budget);
    expect(work()).toBe(150_000);
    expect(() => Array.from({ length: 20 }, work)).toThrow('too much');
  });

  it.each<[string, string, string]>([
    ['a text is looked at', 't.contains("zz")', 't.contains("zz") || t.contains("zzz")'],
    ['a text is compared', 't == u', 't == u && u == t'],
    ['a text is written', 't.size()', 't.upper().size()'],
    ['JSON is written', 'l.size()', 'json(l).size()'],
  ])('is paid by size: %s', (_, small, large) => {
    const paid = (expression: string) => {
      const budget = newBudget();
      const t = 'ab'.repeat(50_000);
      evaluate(
        expression,
        { t, u: `${t.slice(1)}a`.split('').reverse().join(''), l: [t] },
        {},
        budget,
      );
      return newBudget().left - budget.left;
    };
    expect(paid(large)).toBeGreaterThan(paid(small) + 5_000);
  });
});

describe('parseJson', () => {
  it.each([
    ['lists in lists', '['.repeat(1_900_000)],
    ['small objects', `[${'{},'.repeat(600_000)}1]`],
    ['small lists', `[${'[],'.repeat(600_000)}1]`],
    ['names', `{${Array.from({ length: 170_000 }, (_, i) => `"${i}":1`).join(',')}}`.repeat(3)],
  ])('is refused before it is done: %s', (_, t) => {
    const budget = newBudget();
    expect(() => evaluate('parseJson(t)', { t }, {}, budget)).toThrow('too much');
  });

  it('reads what people have: a table of 1.5 MB', () => {
    const row = { id: 7, name: 'Müller GmbH', amount: 1234.5, state: 'open', tags: ['a', 'b'] };
    const t = JSON.stringify(Array.from({ length: 20_000 }, () => row));
    expect(t.length).toBeGreaterThan(1_500_000);
    expect(evaluate('parseJson(t).size()', { t })).toBe(20_000);
  });
});

const text = fc.string({ unit: fc.constantFrom('a', 'b', ' ', '_', '1'), maxLength: 200 });

describe('texts are sought in linear time', () => {
  it('and found where the engine finds them', () => {
    fc.assert(
      fc.property(text, text, fc.integer({ min: 0, max: 40 }), (around, part, times) => {
        const long = `${around}${part.repeat(times)}${around}`;
        const wanted = part.repeat(Math.min(times, 3));
        expect(indexIn(long, wanted, newBudget())).toBe(long.indexOf(wanted));
        if (wanted === '') return;
        expect(placesIn(long, wanted, newBudget()).length).toBe(long.split(wanted).length - 1);
      }),
      { numRuns: 500, seed: 7 },
    );
  });
});

describe('patterns', () => {
  const piece = fc.constantFrom(
    ...[
      'a',
      'b',
      '.',
      '^',
      '$',
      '[ab]',
      '[^a]',
      '[a-c1]',
      '\\d',
      '\\W',
      '\\b',
      '\\s',
      '[\\w-]',
      '(a|b)',
    ],
    ...['(?:ab)', '()', '(|a)'],
  );
  const count = fc.constantFrom('', '', '*', '+', '?', '{2}', '{0,2}', '{1,}');
  const pattern = fc
    .array(fc.tuple(piece, count), { maxLength: 6 })
    .map((all) =>
      all.map(([one, times]) => (/^[\^$]|\\b$/.test(one) ? one : one + times)).join(''),
    );
  it('fit what those of JavaScript fit', () => {
    fc.assert(
      fc.property(text, pattern, (around, source) => {
        expect(matchesPattern(around, source, newBudget())).toBe(new RegExp(source).test(around));
      }),
      { numRuns: 2_000, seed: 7 },
    );
  });
});
