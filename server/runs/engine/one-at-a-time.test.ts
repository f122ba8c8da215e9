import { expect, test } from 'vitest';
import { oneAtATime } from './one-at-a-time';

/** Work that ends when it is told to. */
function held() {
  const begun: { key: string; end: (error?: Error) => void }[] = [];
  const ask = oneAtATime((key) => {
    const { promise, resolve, reject } = Promise.withResolvers<number>();
    const place = begun.length;
    begun.push({ key, end: (error) => (error ? reject(error) : resolve(place)) });
    return promise;
  });
  return { begun, ask };
}

test('a hundred who ask while work is under way share the next one', async () => {
  const { begun, ask } = held();
  const first = ask('a');
  const others = Array.from({ length: 100 }, () => ask('a'));
  expect(begun).toHaveLength(1);
  begun[0]?.end();
  expect(await first).toBe(0);
  await Promise.resolve();
  expect(begun).toHaveLength(2);
  // Who asks now knows more than the second one may have seen.
  const later = ask('a');
  begun[1]?.end();
  expect(new Set(await Promise.all(others))).toEqual(new Set([1]));
  await Promise.resolve();
  begun[2]?.end();
  expect(await later).toBe(2);
  expect(begun).toHaveLength(3);
});

test('keys do not wait for each other, and one that failed stops nobody', async () => {
  const { begun, ask } = held();
  const [a, b] = [ask('a'), ask('b')];
  const next = ask('a');
  expect(begun.map(({ key }) => key)).toEqual(['a', 'b']);
  begun[1]?.end();
  expect(await b).toBe(1);
  begun[0]?.end(new Error('no'));
  await expect(a).rejects.toThrow('no');
  await new Promise(setImmediate);
  begun[2]?.end();
  expect(await next).toBe(2);
  const again = ask('a');
  expect(begun).toHaveLength(4);
  begun[3]?.end();
  expect(await again).toBe(3);
});
