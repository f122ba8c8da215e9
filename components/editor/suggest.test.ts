import { describe, expect, it } from 'vitest';
import { suggestions } from './suggest';

const names = {
  input: { month: '2026-01', rows: [1, 2] },
  steps: { clean: { output: { rows: [{ a: 1 }], total: 3 } } },
};
const labels = (expression: string) =>
  suggestions(expression, names).items.map((item) => item.label);

describe('suggestions', () => {
  it('offers roots and whole steps at the start of a word', () => {
    const found = suggestions('  in', names);
    expect(found.from).toBe(2);
    expect(found.items.map((item) => item.insert ?? item.label)).toEqual(
      expect.arrayContaining(['input.', 'steps.clean.output']),
    );
  });

  it('follows dots through values', () => {
    expect(labels('steps.')).toContain('clean');
    expect(labels('steps.clean.output.').slice(0, 2)).toEqual(['rows', 'total']);
    expect(labels('steps.clean.output.rows[0].')[0]).toBe('a');
    expect(labels('1 + input.mo')[0]).toBe('month');
  });

  it('says what a value looks like', () => {
    const [rows] = suggestions('steps.clean.output.', names).items;
    expect(rows?.detail).toBe('list of 1');
  });

  it('offers only functions after a call and after what is not known', () => {
    expect(labels('sum(input.rows).')).not.toContain('input');
    expect(labels('nobody.').every((label) => !['input', 'steps'].includes(label))).toBe(true);
  });
});
