import { expect, test } from 'vitest';
import { createUploadSlots } from './upload-slots';

test('few uploads run at once, some wait, the rest is told to come again, and no place is lost', async () => {
  const slot = createUploadSlots({ atOnce: 4, waiting: 20, patienceMs: 60_000 });
  let [running, most, ended] = [0, 0, 0];
  const work = async () => {
    running += 1;
    most = Math.max(most, running);
    await new Promise((resolve) => setImmediate(resolve));
    running -= 1;
    ended += 1;
    if (ended % 3 === 0) throw new Error('failed');
  };
  const results = await Promise.allSettled(Array.from({ length: 60 }, () => slot(work)));
  const busy = results.filter(
    (one) => one.status === 'rejected' && (one.reason as { code?: string }).code === 'unavailable',
  );
  expect([most, ended, busy.length]).toEqual([4, 24, 36]);
  const again = await Promise.allSettled(Array.from({ length: 24 }, () => slot(async () => 1)));
  expect(again.every((one) => one.status === 'fulfilled')).toBe(true);
});

test('whose turn does not come in time is told so, and leaves the row', async () => {
  const slot = createUploadSlots({ atOnce: 1, waiting: 1, patienceMs: 1 });
  let end = () => {};
  const first = slot(
    () =>
      new Promise<void>((resolve) => {
        end = resolve;
      }),
  );
  await expect(slot(async () => 1)).rejects.toMatchObject({ code: 'unavailable' });
  end();
  await first;
  await expect(slot(async () => 2)).resolves.toBe(2);
});
