import { describe, expect, it } from 'vitest';
import { bombs } from '@/lib/expressions/testing/bombs';
import { newBudget } from '@/lib/expressions/values/budget';
import type { Scope } from '@/lib/nodes/node-type/define-node';
import { scopeFunctions } from '@/lib/nodes/node-type/scope-functions';
import { isCheap, isSmall, namesIn, quickBudget } from './cheap';
import { workOutTable } from './tables';
import { type TextsJob, workOut } from './texts';

const scope: Scope = {
  input: { rows: [{ n: 1 }, { n: 2 }], t: 'x'.repeat(200_000) },
  steps: { clean: { output: { rows: [1, 2, 3] } }, other: { output: 'o' } },
  run: { id: 'r', mode: 'live', startedAt: '' },
};

/** The functions of a scope, and what was sent elsewhere. */
function watched(of: Scope = scope) {
  const sent: TextsJob[] = [];
  const functions = scopeFunctions(of, {
    texts: async (job) => {
      sent.push(job);
      return workOut(job);
    },
    table: async (job) => workOutTable(job),
  });
  return { ...functions, sent };
}

describe('what is worked out in place', () => {
  it.each<[string, number]>([
    ['steps.clean.output.rows.map(r, r * 2).sum()', 0],
    ['"Dear " + steps.other.output', 0],
    ['"ab".matches("a+")', 1],
    ['input.t.size()', 1],
    ['range(100000).size()', 1],
    [`"${'a'.repeat(5_000)}"`, 1],
  ])('%s', async (expression, elsewhere) => {
    const { evaluate, sent } = watched();
    await evaluate(expression);
    expect(sent).toHaveLength(elsewhere);
  });

  it('is bounded: no text of an attack gets further than its small budget', () => {
    const small = quickBudget(newBudget());
    for (const { as, text } of bombs) {
      if (!isCheap({ texts: [{ as, text }], names: {} })) continue;
      const { budget } = workOut({ texts: [{ as, text }], names: {}, budget: small });
      expect(budget.left).toBeGreaterThan(-3_000_000);
      expect(small.bytes - budget.bytes).toBeLessThan(70_000_000);
    }
  });

  it('needs small values, which are looked at once', () => {
    expect(isSmall({ a: [1, 2, 3] })).toBe(true);
    expect(isSmall(Array.from({ length: 5_000 }, () => 0))).toBe(false);
    expect(isSmall({ deep: [{ t: 'x'.repeat(200_000) }] })).toBe(false);
  });
});

describe('what is brought to a thread', () => {
  it.each<[string, Record<string, unknown>]>([
    ['steps.clean.output', { steps: { clean: scope.steps.clean } }],
    ['run.id', { run: scope.run }],
    ['steps[input.which].output', { input: scope.input, steps: scope.steps }],
    ['1 + 1', {}],
  ])('%s', (text, names) => {
    const { names: _, ...all } = scope;
    expect(namesIn([{ text }], all)).toEqual(names);
  });

  it('is paid out of one budget of the step', async () => {
    const { evaluate, sent } = watched();
    await evaluate('range(100000).size()');
    await evaluate('range(100000).size()');
    expect(sent[1]?.budget.left).toBeLessThan(sent[0]?.budget.left ?? 0);
    const again = async () => {
      for (let round = 0; round < 60; round += 1) await evaluate('range(100000).map(i, i).size()');
    };
    await expect(again()).rejects.toMatchObject({ code: 'expression_failed' });
  });

  it('fails the step in plain words when it was stopped', async () => {
    const functions = scopeFunctions(scope, {
      texts: async () => {
        throw Object.assign(new Error('This takes too long.'), {
          code: 'computation_too_long',
          retryable: false,
        });
      },
      table: async (job) => workOutTable(job),
    });
    await expect(functions.evaluate('range(100000).size()')).rejects.toMatchObject({
      code: 'expression_failed',
      message: 'This takes too long.',
    });
  });
});

describe('rows', () => {
  it('see the values above them, in one job', async () => {
    const { evaluateAll, sent } = watched();
    const rows = [
      { name: 'a', expression: 'range(100000).size()' },
      { name: 'b', expression: 'fields.a + 1' },
    ];
    expect(await evaluateAll(rows, 'fields')).toEqual({ a: 100_000, b: 100_001 });
    expect(sent).toHaveLength(1);
  });
});
