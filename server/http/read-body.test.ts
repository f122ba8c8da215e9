import { expect, test } from 'vitest';
import { readBytes } from './read-body';

const slow = { graceMs: 20, bytesPerSecond: 1_000_000_000 };
const post = (body: ReadableStream<Uint8Array>) =>
  new Request('http://localhost/', { method: 'POST', body, duplex: 'half' } as RequestInit);

test('a body that drips is given up, and its sender told', async () => {
  let cancelled = false;
  const body = new ReadableStream<Uint8Array>({
    start: (controller) => controller.enqueue(new Uint8Array(3)),
    cancel() {
      cancelled = true;
    },
  });
  await expect(readBytes(post(body), 1_000, slow)).rejects.toMatchObject({
    ...{ code: 'malformed_body', message: 'The body came too slowly. Send it again.' },
  });
  expect(cancelled).toBe(true);
});

test('one that comes as it should is read, whatever its parts', async () => {
  let left = 50;
  const body = new ReadableStream<Uint8Array>({
    pull(controller) {
      left -= 1;
      if (left < 0) controller.close();
      else controller.enqueue(new Uint8Array([left]));
    },
  });
  expect((await readBytes(post(body), 1_000)).byteLength).toBe(50);
});
