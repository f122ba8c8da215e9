import { expect, test } from 'vitest';
import { createPlaces } from './places';

test('few uploads run at once, some wait, the rest is told to come again, and no place is lost', async () => {
  const slot = createPlaces({ patienceMs: 60_000 });
  let [running, most, ended] = [0, 0, 0];
  const work = async () => {
    running += 1;
    most = Math.max(most, running);
    await new Promise((resolve) => setImmediate(resolve));
    running -= 1;
    ended += 1;
    if (ended % 3 === 0) throw new Error('failed');
  };
  const results = await Promise.allSettled(
    Array.from({ length: 60 }, (_, at) => slot(`sender ${at}`, work)),
  );
  const busy = results.filter(
    (one) => one.status === 'rejected' && (one.reason as { code?: string }).code === 'unavailable',
  );
  expect([most, ended, busy.length]).toEqual([4, 24, 36]);
  const again = await Promise.allSettled(
    Array.from({ length: 24 }, (_, at) => slot(`sender ${at}`, async () => 1)),
  );
  expect(again.every((one) => one.status === 'fulfilled')).toBe(true);
});

test('whose turn does not come in time is told so, and leaves the row', async () => {
  const slot = createPlaces({ atOnce: 1, waiting: 1, patienceMs: 1 });
  let end = () => {};
  const first = slot(
    'one',
    () =>
      new Promise<void>((resolve) => {
        end = resolve;
      }),
  );
  await expect(slot('other', async () => 1)).rejects.toMatchObject({ code: 'unavailable' });
  end();
  await first;
  await expect(slot('other', async () => 2)).resolves.toBe(2);
});

test('one sender takes neither all places nor all of the row', async () => {
  const slot = createPlaces({ patienceMs: 60_000 });
  const { promise: hold, resolve: release } = Promise.withResolvers<void>();
  const greedy = Array.from({ length: 30 }, () => slot('greedy', () => hold));
  const all = Promise.allSettled(greedy);
  // All places of the greedy one are taken, and its half of the row: others run all the same.
  expect(await slot('other', async () => 'ran')).toBe('ran');
  expect(await Promise.all([1, 2].map((at) => slot(`${at}`, async () => at)))).toEqual([1, 2]);
  release();
  const states = (await all).map(({ status }) => status);
  expect(states.filter((state) => state === 'fulfilled')).toHaveLength(12);
});
