import { expect, it } from 'vitest';
import { render } from './render';

const rows = [{ city: 'Bonn' }];
const table = '| city |\n| ---- |\n| Bonn |';
const shown = (template: string) => render(template, { rows, none: null, text: '| a' });

it('gives a table lines of its own, wherever it was put', () => {
  const behind = [
    ['Rows: {{ table(rows) }}', `Rows: \n\n${table}`],
    ['Rows:\n{{ table(rows) }}', `Rows:\n\n${table}`],
    ['Rows:\n\n{{ table(rows) }}', `Rows:\n\n${table}`],
    ['Rows:{{ none }}{{ table(rows) }}', `Rows:\n\n${table}`],
    ['{{ table(rows) }} are all.', `${table}\n\n are all.`],
    ['{{ table(rows) }}\nare all.', `${table}\n\nare all.`],
    ['{{ table(rows) }}\n\nare all.', `${table}\n\nare all.`],
    ['{{ table(rows) }}{{ table(rows) }}', `${table}\n\n${table}`],
  ] as const;
  for (const [template, text] of behind) expect(shown(template)).toBe(text);
});

it('leaves all else as it was written', () => {
  expect(shown('{{ table(rows) }}')).toBe(table);
  expect(shown('a {{ text }} b')).toBe('a | a b');
  expect(shown('a\n{{ none }}\nb')).toBe('a\n\nb');
});
