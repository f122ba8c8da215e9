import fc from 'fast-check';
import { expect, test } from 'vitest';
import { parseOutput } from '../output';
import { findFacts } from './facts';
import { rehearse, wordsOf } from './rehearsal';
import { roleText } from './role-prompt';

const ask = (content: string, outputSchema?: Record<string, unknown>) => ({
  messages: [{ role: 'user' as const, content }],
  ...(outputSchema === undefined ? {} : { outputSchema }),
});
const report = `Write a report of these figures.
- Total revenue: 1,240
- Best month: March
- The gap in April has 3 days
{"growth": 0.12, "product": "Lamp", "rows": 120}`;

test('reads like an answer, without a disclaimer, and uses the facts of the prompt', () => {
  const text = rehearse(ask(report));
  expect(text).not.toMatch(/rehears|language model|a real|key/i);
  expect(text).toContain('Total revenue: 1,240');
  expect(text).toContain('3 days');
});

test('answers the same request with the same text', () => {
  expect(rehearse(ask(report))).toBe(rehearse(ask(report)));
  expect(rehearse(ask(report))).not.toBe(rehearse(ask('Something else')));
});

test.each(['', 'Greet the customer.', `${'long '.repeat(100)}request`])(
  'has a sentence for a request without facts',
  (request) => {
    const text = rehearse(ask(request));
    expect(text).toMatch(/[a-z]\.$/);
    expect(text.length).toBeLessThan(400);
  },
);

test('never recites the instructions that stand before a task', () => {
  const role = roleText('- You have 3 rules\n- Limit: 40 words\nThe task:\n\nNo');
  const text = rehearse(ask(`${role}\n\nWhat is the sum for Germany?`));
  expect(text).toContain('sum for Germany');
  expect(text).not.toMatch(/rules|40 words|Your role/);
});

test('invents no figures', () => {
  const numbers = (text: string) => text.match(/\d[\d.,]*/g) ?? [];
  for (const number of numbers(rehearse(ask(report))))
    expect(report).toContain(number.replace(/[.,]$/, ''));
});

test('takes values of the same name from the prompt', () => {
  const schema = {
    type: 'object',
    properties: {
      growth: { type: 'number' },
      product: { type: 'string' },
      rows: { type: 'integer' },
    },
    required: ['growth', 'product', 'rows'],
  };
  expect(JSON.parse(rehearse(ask(report, schema)))).toEqual({
    growth: 0.12,
    product: 'Lamp',
    rows: 120,
  });
});

test('chooses the class that the message names, so that a rehearsal can try each branch', () => {
  const classes = ['complaint', 'question', 'unclear'];
  const schema = { type: 'object', properties: { category: { type: 'string', enum: classes } } };
  const about = (message: string) =>
    JSON.parse(rehearse(ask(`Classify as complaint, question or unclear.\n\n${message}`, schema)));
  for (const category of classes) {
    expect(about(`This is a ${category}.`)).toEqual({ category });
    expect(about(`Category: ${category.toUpperCase()}`)).toEqual({ category });
  }
  expect(classes).toContain(about('Hello.').category);
});

test('its words joined are its text', () => {
  fc.assert(
    fc.property(fc.string(), (text) => {
      expect(wordsOf(text).join('')).toBe(text);
    }),
  );
  expect(wordsOf(rehearse(ask(report))).length).toBeGreaterThan(20);
});

const leaf: fc.Arbitrary<Record<string, unknown>> = fc.oneof(
  fc.constant({ type: 'string' }),
  fc.record({
    type: fc.constant('string'),
    minLength: fc.nat(20),
    maxLength: fc.integer({ min: 20, max: 60 }),
  }),
  fc
    .constantFrom('date', 'date-time', 'email', 'uuid')
    .map((format) => ({ type: 'string', format })),
  fc.record({
    type: fc.constantFrom('number', 'integer'),
    minimum: fc.integer({ min: -50, max: 0 }),
    maximum: fc.integer({ min: 1, max: 50 }),
  }),
  fc.record({ type: fc.constant('integer'), multipleOf: fc.integer({ min: 1, max: 7 }) }),
  fc.constant({ type: 'boolean' }),
  fc
    .array(fc.string({ minLength: 1 }), { minLength: 1, maxLength: 4 })
    .map((values) => ({ type: 'string', enum: [...new Set(values)] })),
  fc.constant({ anyOf: [{ type: 'null' }, { type: 'number' }] }),
  fc.constant({ const: 'fixed' }),
);
const { schema: anySchema } = fc.letrec<{ schema: Record<string, unknown> }>((tie) => ({
  schema: fc.oneof(
    { maxDepth: 3, withCrossShrink: true },
    leaf,
    fc.record({ type: fc.constant('array'), items: tie('schema'), minItems: fc.nat(3) }),
    fc
      .dictionary(fc.stringMatching(/^[a-z]{1,8}$/), tie('schema'), { minKeys: 1, maxKeys: 4 })
      .map((properties) => ({
        type: 'object',
        properties,
        required: Object.keys(properties),
        additionalProperties: false,
      })),
  ),
}));

test('fits every JSON schema of the usual kinds', () => {
  fc.assert(
    fc.property(anySchema, fc.string(), (schema, words) => {
      const text = rehearse(ask(`${report}\n${words}`, schema));
      expect(parseOutput(text, schema)).toMatchObject({ ok: true });
    }),
    { numRuns: 500 },
  );
});

test('follows local references and ends in a schema that refers to itself', () => {
  const schema = {
    $defs: {
      node: {
        type: 'object',
        properties: {
          name: { type: 'string' },
          below: { type: 'array', items: { $ref: '#/$defs/node' } },
        },
        required: ['name', 'below'],
      },
    },
    $ref: '#/$defs/node',
  };
  expect(parseOutput(rehearse(ask(report, schema)), schema)).toMatchObject({ ok: true });
});

test('finds facts in any text without failing', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme', maxLength: 2_000 }), (text) => void findFacts(text)),
  );
  expect(findFacts('[[[['.repeat(20_000)).lines).toEqual([]);
});

test.each<[string, Record<string, unknown>]>([
  ['items', { type: 'array', items: { type: 'string' }, minItems: 1e8 }],
  ['length', { type: 'string', minLength: 1e9 }],
  ['itself', { $ref: '#' }],
  ['itself in a union', { anyOf: [{ $ref: '#' }] }],
  ['itself in all', { allOf: [{ $ref: '#' }] }],
  ['itself as a field', { type: 'object', properties: { a: { $ref: '#' } }, required: ['a'] }],
  [
    'items of items',
    {
      type: 'array',
      minItems: 90,
      items: { type: 'array', minItems: 90, items: { type: 'array', minItems: 90 } },
    },
  ],
  [
    'a long default many times',
    { type: 'array', minItems: 2_000, items: { default: 'x'.repeat(40_000) } },
  ],
])('refuses a schema that asks for too much: %s', (_, schema) => {
  try {
    expect(rehearse(ask(report, schema)).length).toBeLessThan(1_000_000);
  } catch (error) {
    expect(error).toMatchObject({ code: 'output_schema' });
  }
});

test('says nothing of tags, and nothing of tools that failed', () => {
  const files =
    'What changed?\n\n<file name="revenue 2026.csv" id="5">\nRevenue was 1200 in May.\n</file>\n<note>Only 9 stand above.</note>';
  const text = rehearse({
    messages: [
      { role: 'user', content: files },
      {
        role: 'assistant',
        content: [{ type: 'tool-call', id: 'c', name: 'files_read', args: {} }],
      },
      {
        role: 'user',
        content: [
          { type: 'tool-result', id: 'c', name: 'files_read', text: 'No file 5.', error: true },
          { type: 'tool-result', id: 'd', name: 'calculate', text: 'The sum is 42.' },
        ],
      },
    ],
  });
  expect(text).toContain('- Revenue was 1200 in May.');
  expect(text).toContain('- The sum is 42.');
  expect(text).not.toMatch(/[<>]|No file|Only 9/);
});

test('answers a question in the field for the answer, instead of repeating it', () => {
  const outputSchema = {
    type: 'object',
    required: ['answer'],
    properties: { answer: { type: 'string' }, sure: { type: 'boolean' } },
  };
  const { answer } = JSON.parse(rehearse(ask('Is 7 a prime number?', outputSchema)));
  expect(answer).toMatch(/^On “Is 7 a prime number\?”: \w+/);
});
