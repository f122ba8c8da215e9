import { setImmediate as turn } from 'node:timers/promises';
import { expect, it } from 'vitest';
import { inLots } from './in-batches';

/** Answers with the number of the lot; notes who was served together. */
function served() {
  const lots: string[] = [];
  let busy = 0;
  let most = 0;
  const ask = inLots<string, string>(async (id, lot) => {
    busy += 1;
    most = Math.max(most, busy);
    lots.push(`${id}: ${lot.map(({ question }) => question).join(' ')}`);
    await turn();
    for (const one of lot) {
      if (one.question === 'bad') one.refuse(new Error('bad'));
      else one.answer(one.question.toUpperCase());
    }
    busy -= 1;
  });
  return { ask, lots, most: () => most };
}

it('serves what comes meanwhile together, in the order of asking', async () => {
  const { ask, lots } = served();
  const answers = await Promise.all(['a', 'b', 'c', 'd'].map((one) => ask('x', one, true)));
  expect(answers).toEqual(['A', 'B', 'C', 'D']);
  expect(lots).toEqual(['x: a', 'x: b c d']);
  expect(await ask('x', 'e', true)).toBe('E');
});

it('serves who does not wait for ever alone, and nobody before their turn', async () => {
  const { ask, lots } = served();
  await Promise.all([
    ask('x', 'a', true),
    ask('x', 'b', true),
    ask('x', 'hurry', false),
    ask('x', 'c', true),
    ask('x', 'd', true),
  ]);
  expect(lots).toEqual(['x: a', 'x: b', 'x: hurry', 'x: c d']);
});

it('serves different runs at the same time, and refuses each for itself', async () => {
  const { ask, lots, most } = served();
  const all = await Promise.allSettled([
    ask('x', 'a', true),
    ask('y', 'b', true),
    ask('x', 'bad', true),
    ask('x', 'c', true),
  ]);
  expect(all.map(({ status }) => status)).toEqual([
    'fulfilled',
    'fulfilled',
    'rejected',
    'fulfilled',
  ]);
  expect(most()).toBe(2);
  expect(lots).toEqual(['x: a', 'y: b', 'x: bad c']);
});

it('keeps lots bounded', async () => {
  const { ask, lots } = served();
  await Promise.all(Array.from({ length: 200 }, (_, n) => ask('x', String(n), true)));
  expect(lots.map((lot) => lot.split(' ').length - 1)).toEqual([1, 64, 64, 64, 7]);
});
