import { describe, expect, it } from 'vitest';
import { createLine } from './fair-queue';

function lineOf(entries: readonly (readonly [owner: string, entry: string])[]) {
  const line = createLine<string>();
  for (const [owner, entry] of entries) line.join(owner, entry);
  return line;
}

describe('who waits for a thread', () => {
  it('has no more at work than an owner may, and gets the place when one leaves', () => {
    const line = createLine<string>(2);
    for (const entry of ['a1', 'a2', 'a3']) line.join('a', entry);
    expect([line.take(), line.take(), line.take()].map((taken) => taken?.entry)).toEqual([
      'a1',
      'a2',
      undefined,
    ]);
    line.leave('a', 'done');
    expect(line.take()?.entry).toBe('a3');
  });

  it('is served in turn, whoever has the fewest at work first', () => {
    const line = lineOf([
      ['a', 'a1'],
      ['a', 'a2'],
      ['a', 'a3'],
      ['b', 'b1'],
    ]);
    expect([line.take(), line.take(), line.take()].map((taken) => taken?.entry)).toEqual([
      'a1',
      'b1',
      'a2',
    ]);
  });

  it('has one at work at most after a job that was stopped, until one ends well', () => {
    const line = lineOf(Array.from({ length: 6 }, (_, index) => ['a', `a${index}`] as const));
    expect(line.take()?.entry).toBe('a0');
    expect(line.take()?.entry).toBe('a1');
    line.leave('a', 'stopped');
    expect(line.take()).toBeUndefined();
    line.join('b', 'b0');
    expect(line.take()?.entry).toBe('b0');
    line.leave('a', 'stopped');
    expect(line.take()?.entry).toBe('a2');
    expect(line.take()).toBeUndefined();
    line.leave('a', 'done');
    expect(line.take()?.entry).toBe('a3');
    expect(line.take()?.entry).toBe('a4');
  });

  it('is refused when too many of one owner wait, and the others are not', () => {
    const line = createLine<number>();
    const joined = Array.from({ length: 600 }, (_, index) => line.join('a', index));
    expect(joined.filter(Boolean)).toHaveLength(500);
    expect(line.join('b', 1)).toBe(true);
  });
});
