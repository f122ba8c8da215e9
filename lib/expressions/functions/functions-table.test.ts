import { expect, it } from 'vitest';
import { evaluate } from '../evaluate';
import { render } from '../render';

const rows = [
  { country: 'Germany', sum: 1240.75, note: 'a|b' },
  { country: 'France', sum: 7, note: null },
];
const at = (expression: string, scope: Record<string, unknown> = { rows }) =>
  String(evaluate(expression, scope));

it('makes a table that reads as Markdown and as plain text', () => {
  expect(at('table(rows)')).toBe(
    [
      '| country |     sum | note |',
      '| ------- | ------: | ---- |',
      '| Germany | 1240.75 | a\\|b |',
      '| France  |       7 |      |',
    ].join('\n'),
  );
  expect(render('Sums:\n\n{{ rows.table(["sum"]) }}', { rows })).toBe(
    'Sums:\n\n|     sum |\n| ------: |\n| 1240.75 |\n|       7 |',
  );
});

it('says how many rows and columns it does not show', () => {
  const many = Array.from({ length: 120 }, (_, n) => ({ n }));
  expect(at('table(rows)', { rows: many }).split('\n')).toHaveLength(54);
  expect(at('table(rows)', { rows: many })).toMatch(/\n\n…and 70 more rows$/);
  expect(at('table(rows, null, 119)', { rows: many })).toMatch(/\n\n…and 1 more row$/);
  const wide = Object.fromEntries(Array.from({ length: 15 }, (_, n) => [`c${n}`, n]));
  expect(at('table(rows)', { rows: [wide] })).toMatch(/…and 3 more columns$/);
  expect(at('table(rows)', { rows: [{ text: `a\nb ${'x'.repeat(500)}` }] }).length).toBeLessThan(
    500,
  );
});

it('takes lists without fields, empty ones and none, and refuses what is no list', () => {
  expect(at('table(rows)', { rows: ['a', 2] })).toContain('| a     |');
  expect(at('table(rows)', { rows: [] })).toBe('No rows.');
  expect(at('table(null)')).toBe('No rows.');
  expect(at('htmlTable([])')).toBe('<p>No rows.</p>');
  expect(() => at('table("text")')).toThrow('a list');
  expect(() => at('table(rows, null, 0)')).toThrow('1 to 1000 rows');
});

it('lets no cell be a tag, whatever is in it', () => {
  const evil = '<img src=x onerror="alert(1)">\'&';
  const html = at('htmlTable(rows)', { rows: [{ [evil]: evil }] });
  expect(
    html.match(/<[^>]+>/g)?.every((tag) => /^<\/?(?:table|thead|tbody|tr|th|td)[ >]/.test(tag)),
  ).toBe(true);
  expect(html).toContain('&lt;img src=x onerror=&quot;alert(1)&quot;&gt;&#39;&amp;');
});

it('ends with its budget where a list is huge', () => {
  const huge = Array.from({ length: 1_000 }, () => ({ text: 'x'.repeat(10_000) }));
  const wide = Array.from({ length: 20 }, (_, row) =>
    Object.fromEntries(Array.from({ length: 400 }, (_, n) => [`${row}c${n}`, n])),
  );
  expect(at('table(rows, null, 1000)', { rows: huge }).length).toBeLessThan(300_000);
  expect(at('table(rows)', { rows: wide })).toMatch(/…and 1188 more columns$/);
});
