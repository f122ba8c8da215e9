import { expect, test, vi } from 'vitest';
import { eventStream } from './event-stream';

const log = { error: () => undefined } as never;
const { signal } = new AbortController();
const open = (person: string, body: (write: (text: string) => void) => Promise<void>) =>
  eventStream({ log }, signal, body, { person, mayRead: async () => true });

test('what is written is read whole, and the place is given back', async () => {
  for (let round = 0; round < 60; round += 1) {
    const answer = open('ada', async (write) => write(`data: ${round}\n\n`));
    expect(await answer.text()).toBe(`data: ${round}\n\n`);
  }
});

test('one person takes not all places, and who goes away gives theirs back', async () => {
  const never = () => new Promise<void>(() => undefined);
  const held = Array.from({ length: 20 }, () => open('greedy', never));
  expect(() => open('greedy', never)).toThrow('Too many answers');
  const other = open('other', async (write) => write('data: 1\n\n'));
  expect(await other.text()).toContain('data: 1');
  await Promise.all(held.map((answer) => answer.body?.cancel()));
});

test('who reads nothing is cut off, and its memory freed', async () => {
  const piece = `data: ${'x'.repeat(1_000_000)}\n\n`;
  let written = 0;
  const answer = open('slow', async (write) => {
    for (let count = 0; count < 20; count += 1) {
      write(piece);
      written += 1;
    }
  });
  await expect(answer.text()).rejects.toThrow('too slow');
  expect(written).toBe(20);
});

test('who may not read any more is told no more', async () => {
  vi.useFakeTimers();
  let may = true;
  const { promise: never } = Promise.withResolvers<void>();
  const answer = eventStream(
    { log },
    signal,
    async (write, until) => {
      write('data: 1\n\n');
      await Promise.race([
        never,
        new Promise((resolve) => until.addEventListener('abort', resolve)),
      ]);
    },
    { person: 'gone', mayRead: async () => may },
  );
  const reader = answer.body?.getReader();
  const next = async () => new TextDecoder().decode((await reader?.read())?.value);
  expect(await next()).toBe('data: 1\n\n');
  await vi.advanceTimersByTimeAsync(15_000);
  expect(await next()).toContain('is being written');
  may = false;
  await vi.advanceTimersByTimeAsync(15_000);
  await expect(next().then(next)).rejects.toThrow('the right to read it ended');
  vi.useRealTimers();
});
