import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { emptyRow, fieldsOf, humanise } from './form-fields';

const schema = z.strictObject({
  prompt: z.string().max(100).default('').meta({ title: 'Prompt', widget: 'prompt' }),
  agent: z.string().optional().meta({ widget: 'agent' }),
  maxTokens: z.int().min(1).max(4_096).optional(),
  ratio: z.number().default(0.5),
  strict: z
    .boolean()
    .default(true)
    .meta({ description: 'Refuse what does not fit.', advanced: true }),
  method: z.enum(['GET', 'POST']).default('GET'),
  cases: z
    .array(
      z.strictObject({
        id: z.string(),
        label: z.string().min(1),
        when: z.string().default('').meta({ widget: 'expression' }),
      }),
    )
    .default([])
    .meta({ widget: 'rows' }),
  headers: z.record(z.string(), z.string()).default({}),
  anything: z.json().optional(),
});

describe('fieldsOf', () => {
  const fields = fieldsOf(schema);
  const control = (name: string) => fields.find((field) => field.name === name)?.control;

  it('keeps the order of the schema', () => {
    expect(fields.map((field) => field.name)).toEqual(Object.keys(schema.shape));
  });

  it('chooses a control for each kind of value', () => {
    expect(control('prompt')).toEqual({ kind: 'shared-text', widget: 'prompt' });
    expect(control('agent')).toEqual({ kind: 'agent' });
    expect(control('maxTokens')).toEqual({ kind: 'number', integer: true, min: 1, max: 4_096 });
    expect(control('ratio')).toEqual({ kind: 'number', integer: false });
    expect(control('strict')).toEqual({ kind: 'boolean' });
    expect(control('method')).toEqual({ kind: 'select', options: ['GET', 'POST'] });
    expect(control('headers')).toEqual({ kind: 'record' });
    expect(control('anything')).toEqual({ kind: 'json' });
  });

  it('describes rows by their own fields, without the id', () => {
    const rows = control('cases');
    expect(
      rows?.kind === 'rows' && rows.fields.map((field) => [field.name, field.control.kind]),
    ).toEqual([
      ['label', 'string'],
      ['when', 'shared-text'],
    ]);
  });

  it('reads title, description, fold and default through wrappers', () => {
    const strict = fields.find((field) => field.name === 'strict');
    expect(strict).toMatchObject({
      title: 'Strict',
      description: 'Refuse what does not fit.',
      advanced: true,
      required: false,
      fallback: true,
    });
  });
});

it('emptyRow fills what a row needs', () => {
  const rows = fieldsOf(schema).find((field) => field.name === 'cases')?.control;
  expect(rows?.kind === 'rows' && emptyRow(rows.fields)).toEqual({ label: '', when: '' });
});

it('humanise reads names as people do', () => {
  expect([humanise('maxTokens'), humanise('api_key')]).toEqual(['Max tokens', 'Api key']);
});
