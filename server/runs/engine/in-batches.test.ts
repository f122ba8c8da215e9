import { setImmediate as turn } from 'node:timers/promises';
import { expect, it } from 'vitest';
import { inBatches } from './in-batches';

/** Answers with the number of the batch; notes who was served together. */
function served() {
  const batches: string[] = [];
  let busy = 0;
  let most = 0;
  const send = inBatches<string, string>(async (id, batch) => {
    busy += 1;
    most = Math.max(most, busy);
    batches.push(`${id}: ${batch.map(({ item }) => item).join(' ')}`);
    await turn();
    for (const one of batch) {
      if (one.item === 'bad') one.reject(new Error('bad'));
      else one.resolve(one.item.toUpperCase());
    }
    busy -= 1;
  });
  return { send, batches, most: () => most };
}

it('serves what comes meanwhile together, in their order', async () => {
  const { send, batches } = served();
  const answers = await Promise.all(['a', 'b', 'c', 'd'].map((one) => send('x', one, true)));
  expect(answers).toEqual(['A', 'B', 'C', 'D']);
  expect(batches).toEqual(['x: a', 'x: b c d']);
  expect(await send('x', 'e', true)).toBe('E');
});

it('serves who does not wait for ever alone, and nobody before their turn', async () => {
  const { send, batches } = served();
  await Promise.all([
    send('x', 'a', true),
    send('x', 'b', true),
    send('x', 'hurry', false),
    send('x', 'c', true),
    send('x', 'd', true),
  ]);
  expect(batches).toEqual(['x: a', 'x: b', 'x: hurry', 'x: c d']);
});

it('serves different runs at the same time, and refuses each for itself', async () => {
  const { send, batches, most } = served();
  const all = await Promise.allSettled([
    send('x', 'a', true),
    send('y', 'b', true),
    send('x', 'bad', true),
    send('x', 'c', true),
  ]);
  expect(all.map(({ status }) => status)).toEqual([
    'fulfilled',
    'fulfilled',
    'rejected',
    'fulfilled',
  ]);
  expect(most()).toBe(2);
  expect(batches).toEqual(['x: a', 'y: b', 'x: bad c']);
});

it('keeps batches bounded', async () => {
  const { send, batches } = served();
  await Promise.all(Array.from({ length: 200 }, (_, n) => send('x', String(n), true)));
  expect(batches.map((batch) => batch.split(' ').length - 1)).toEqual([1, 64, 64, 64, 7]);
});
