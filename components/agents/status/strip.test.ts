import { expect, test } from 'vitest';
import { stretchesOf } from './strip';

const change = (number: number, status: 'idle' | 'busy', at: number) => ({
  ...{ number, status, from: null, cause: `${status} ${number}` },
  at: new Date(at).toISOString(),
});

test('the time shown is cut into stretches, the first one from where it began or the time does', () => {
  const changes = [change(3, 'idle', 900), change(2, 'busy', 500), change(1, 'idle', 100)];
  expect(stretchesOf(changes, 300, 1_000)).toEqual([
    { status: 'idle', cause: 'idle 1', from: 300, to: 500 },
    { status: 'busy', cause: 'busy 2', from: 500, to: 900 },
    { status: 'idle', cause: 'idle 3', from: 900, to: 1_000 },
  ]);
  expect(stretchesOf(changes.slice(2), 0, 1_000)).toEqual([
    { status: 'idle', cause: 'idle 1', from: 100, to: 1_000 },
  ]);
  expect(stretchesOf([], 0, 1_000)).toEqual([]);
});
