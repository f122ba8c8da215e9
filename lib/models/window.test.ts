import { expect, test } from 'vitest';
import { isDoubtful, promptRead, windowFor } from './window';

test.each([
  [{}, 10, 4_096, 8_192],
  [{}, 10, 100, 4_096],
  [{ most: 131_072 }, 20_000, 4_096, 65_536],
  [{ most: 32_768 }, 100_000, 4_096, 32_768],
  [{ most: 2_048 }, 10, 100, 2_048],
  [{ current: 16_384 }, 10, 100, 16_384],
  [{ current: 16_384, most: 8_192 }, 10, 100, 8_192],
  [{}, 1_000_000, 4_096, 131_072],
])('%j and %i + %i tokens ask for a window of %i', (window, request, answer, size) => {
  expect(windowFor(window, { request, answer })).toBe(size);
});

test.each<[string, Parameters<typeof promptRead>[0], ReturnType<typeof promptRead>]>([
  ['as estimated', { counted: 1_000, estimate: 1_000, asked: 8_192, real: 8_192 }, 'whole'],
  ['a little less', { counted: 700, estimate: 1_000, asked: 8_192, real: undefined }, 'whole'],
  ['more', { counted: 1_600, estimate: 1_000, asked: 8_192, real: undefined }, 'whole'],
  ['nothing counted', { counted: 0, estimate: 9_000, asked: 16_384, real: undefined }, 'whole'],
  ['the window is full', { counted: 8_190, estimate: 8_000, asked: 8_192, real: undefined }, 'cut'],
  ['a smaller one is full', { counted: 4_096, estimate: 9_000, asked: 16_384, real: 4_096 }, 'cut'],
  [
    'a smaller one, less read',
    { counted: 3_000, estimate: 9_000, asked: 16_384, real: 4_096 },
    'cut',
  ],
  ['half of it', { counted: 4_000, estimate: 9_000, asked: 16_384, real: undefined }, 'unsure'],
  ['a round number', { counted: 4_096, estimate: 6_000, asked: 16_384, real: undefined }, 'unsure'],
  ['a short prompt', { counted: 20, estimate: 60, asked: 4_096, real: undefined }, 'whole'],
])('%s', (_, given, read) => {
  expect(promptRead(given)).toBe(read);
});

test.each([
  [4_096, 12_000, true],
  [4_096, 9_000, false],
  [0, 9_000, false],
  [20, 900, false],
])('%i tokens counted of about %i: in doubt %s', (counted, estimate, doubtful) => {
  expect(isDoubtful(counted, estimate)).toBe(doubtful);
});
