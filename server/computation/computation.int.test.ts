import { afterAll, describe, expect, it } from 'vitest';
import { bombs } from '@/lib/expressions/testing/bombs';
import { newBudget } from '@/lib/expressions/values/budget';
import { type Computation, createComputation } from './computation';

const quiet = { warn: () => undefined, error: () => undefined };
const computation: Computation = createComputation({ log: quiet });
afterAll(() => computation.close());

const evaluate = (text: string, workspaceId = 'one', names = {}) =>
  computation.run(
    'texts',
    { texts: [{ as: 'expression', text }], names, budget: newBudget() },
    workspaceId,
  );
const answer = (schema: Record<string, unknown>, value: unknown, workspaceId = 'one') =>
  computation.run('answer', { text: JSON.stringify(value), schema }, workspaceId);

describe('computation', () => {
  it('works texts out with what they name', async () => {
    const { results, budget } = await evaluate('t.size() + 1', 'one', { t: 'abc' });
    expect(results).toEqual([{ ok: true, value: 4 }]);
    expect(budget.left).toBeLessThan(newBudget().left);
  });

  it('ends what takes too long, and serves the next', async () => {
    const evil = { type: 'string', pattern: '^(a+)+$' };
    await expect(answer(evil, `${'a'.repeat(45)}!`)).rejects.toMatchObject({
      code: 'computation_too_long',
      retryable: false,
    });
    const refs = Object.fromEntries(
      Array.from({ length: 40 }, (_, index) => {
        const next = { $ref: `#/$defs/d${index + 1}` };
        return [`d${index}`, index === 39 ? { type: 'string' } : { anyOf: [next, next] }];
      }),
    );
    // Whichever of its limits it meets first: it fills its memory as it goes on.
    await expect(answer({ $defs: refs, $ref: '#/$defs/d0' }, 1)).rejects.toMatchObject({
      code: expect.stringMatching(/^computation_too_(large|long)$/),
      retryable: false,
    });
    expect((await evaluate('1 + 1')).results).toEqual([{ ok: true, value: 2 }]);
  });

  it('ends what takes too much memory, and the process lives', async () => {
    const wide = Array.from({ length: 1_500_000 }, (_, index) => index % 7);
    const copies = Array.from({ length: 12 }, () => ({ items: [...wide] }));
    const names = { copies };
    await expect(evaluate('copies.size()', 'one', names)).rejects.toMatchObject({
      code: expect.stringMatching(/^computation_too_(large|long)$/),
    });
    expect((await evaluate('1 + 1')).results).toEqual([{ ok: true, value: 2 }]);
  });

  it('leaves the event loop alone, and others their turn, whatever one workspace sends', async () => {
    const sent = bombs.filter(({ as }) => as === 'expression').slice(0, 12);
    let ended = 0;
    const attack = Promise.allSettled(
      sent.map(({ text }) =>
        evaluate(text, 'hostile').finally(() => {
          ended += 1;
        }),
      ),
    );
    const { results } = await evaluate('2 + 2', 'calm');
    expect(results).toEqual([{ ok: true, value: 4 }]);
    expect(ended).toBeLessThan(sent.length);
    for (const end of await attack) {
      if (end.status === 'fulfilled') expect(end.value.results).toHaveLength(1);
      else expect(end.reason.code).toMatch(/^computation_/);
    }
  });

  it('refuses one workspace when too much of it waits, and takes up the others', async () => {
    const many = Promise.allSettled(Array.from({ length: 600 }, () => evaluate('1', 'eager')));
    expect((await evaluate('1', 'calm')).results).toEqual([{ ok: true, value: 1 }]);
    const ends = await many;
    const refused = ends.filter(({ status }) => status === 'rejected');
    expect(refused.length).toBeGreaterThan(0);
    expect(refused.length).toBeLessThan(600);
  });
});
