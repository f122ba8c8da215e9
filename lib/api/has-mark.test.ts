import { expect, test, vi } from 'vitest';

/** Two copies of the modules, as the server and the web bundle have them in one process. */
async function twoCopies() {
  const load = async () => {
    vi.resetModules();
    const [errors, nodes, expressions, edits] = await Promise.all([
      import('./errors'),
      import('@/lib/nodes/node-type/define-node'),
      import('@/lib/expressions/values/expression-error'),
      import('@/lib/workflows/edits/named-edits'),
    ]);
    return { ...errors, ...nodes, ...expressions, ...edits };
  };
  return [await load(), await load()] as const;
}

test('what one bundle throws another one knows, and nothing else passes for it', async () => {
  const [mine, theirs] = await twoCopies();
  const thrown = [
    ['AppError', new theirs.AppError('not_found', 'Gone.')],
    ['StepError', new theirs.StepError('too_large', 'Too large.')],
    ['ExpressionError', new theirs.ExpressionError('Wrong.')],
    ['ImpossibleEdit', new theirs.ImpossibleEdit(0, 'Not there.')],
    ['Suspension', theirs.suspend({ kind: 'timer', until: 1 })],
    ['Taken', theirs.take(['out'], 1, 'Why not.')],
  ] as const;
  for (const [name, value] of thrown) {
    expect(value, name).not.toBeInstanceOf(mine[name]);
    for (const [other] of thrown) {
      expect(mine[other].isInstance(value), `${name} as ${other}`).toBe(other === name);
    }
  }
  const alike = [new Error('no'), { code: 'not_found', status: 404 }, 'x', null, undefined];
  for (const value of alike) expect(mine.AppError.isInstance(value)).toBe(false);
});
