import { expect, it, vi } from 'vitest';
import { Document } from 'yaml';
import { catalogue } from '@/lib/nodes/catalogue';
import { importWorkflow } from './import';
import { readFileText } from './read-file-text';

it.each([
  ['id: 7615917337495251231', { id: '7615917337495251231' }],
  ['ids: [1, -9007199254740993]\nn: 1.5', { ids: [1, '-9007199254740993'], n: 1.5 }],
  [
    'a: &x {id: 9007199254740993}\nb: *x',
    { a: { id: '9007199254740993' }, b: { id: '9007199254740993' } },
  ],
  ['{"id": 7615917337495251231}', { id: '7615917337495251231' }],
])('keeps the digits of %s', (text, value) => {
  expect(readFileText(text)).toMatchObject({ ok: true, value });
});

it.each([
  ['{"a": 1,\n "a": 2}', 'This is not JSON: the name "a" stands twice in one object.', 2],
  ['a: 1\na: 2', 'The name "a" appears twice.', 2],
])('refuses %s', (text, message, line) => {
  expect(readFileText(text)).toMatchObject({ ok: false, errors: [{ message, line }] });
});

const deep = (level: number, line: (indent: string, index: number) => string) =>
  Array.from({ length: level }, (_, index) => line(' '.repeat(index), index)).join('\n');

it.each([
  ['fields under fields', deep(1_400, (indent, index) => `${indent}a${index}:`)],
  ['lists under lists', deep(1_400, (indent) => `${indent}-`)],
  ['brackets', `a: ${'['.repeat(1_400)}`],
  ['dashes in a line', `${'- '.repeat(1_400)}a`],
])('has a sentence of its own for %s, 1,400 levels deep', (_, text) => {
  expect(readFileText(text, 'yaml')).toEqual({
    ok: false,
    errors: [{ message: 'The file is nested deeper than 64 levels.' }],
  });
});

it('does not take the lines of a text for levels', () => {
  const text = `prompt: |\n${Array.from({ length: 500 }, (_, index) => `${' '.repeat(2 + (index % 7))}x`).join('\n')}`;
  expect(readFileText(text, 'yaml').ok).toBe(true);
});

const unknown = (count: number, line: (index: number) => string, by = '\n') =>
  Array.from({ length: count }, (_, index) => line(index)).join(by);

it.each([
  ['fields of YAML', 'yaml', unknown(20_000, (i) => `k${i}: 1`)],
  ['fields with anchors', 'yaml', unknown(20_000, (i) => `k${i}: &a${i} 1`)],
  ['fields of JSON', 'json', `{${unknown(5_000, (i) => `"k${i}":1`, ',')}}`],
  [
    'settings of steps',
    'yaml',
    `name: x\nnodes:\n${unknown(900, (i) => `  - {id: n${i}, type: transform, name: n, config: {expression: [1]}}`)}`,
  ],
] as const)(
  'reads a text once and looks for the places of the told faults alone: %s',
  (_, format, text) => {
    const getIn = vi.spyOn(Document.prototype, 'getIn');
    try {
      const read = importWorkflow(text, catalogue, format);
      if (read.ok) throw new Error('It should be refused.');
      expect(read.errors).toHaveLength(20);
      expect(read.errors.at(-1)?.line).toBeGreaterThan(0);
      expect(getIn.mock.calls.length).toBeLessThanOrEqual(40);
      expect(new Set(getIn.mock.contexts).size).toBe(1);
    } finally {
      getIn.mockRestore();
    }
  },
);
