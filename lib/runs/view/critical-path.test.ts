import { expect, test } from 'vitest';
import { criticalPath } from './critical-path';

const step = (id: string, ...from: string[]) => ({
  id,
  incoming: from.map((each) => ({ from: each, port: 'out' })),
});
const span = (startedAt: number, finishedAt: number, ports = ['out']) => ({
  startedAt,
  finishedAt,
  ports,
});

test('goes back from the last step through the one that was the last to let each begin', () => {
  const steps = [step('a'), step('quick', 'a'), step('slow', 'a'), step('end', 'quick', 'slow')];
  const spans = { a: span(0, 10), quick: span(10, 20), slow: span(10, 90), end: span(90, 95) };
  expect(criticalPath(steps, spans)).toEqual(['a', 'slow', 'end']);
});

test('does not go through what ended after a step began, as where the first of several is enough', () => {
  const steps = [step('quick'), step('slow'), step('first', 'quick', 'slow')];
  const spans = { quick: span(0, 10), slow: span(0, 50), first: span(10, 60) };
  expect(criticalPath(steps, spans)).toEqual(['quick', 'first']);
});

test('follows only ways that were taken', () => {
  const steps = [
    {
      id: 'end',
      incoming: [
        { from: 'if', port: 'no' },
        { from: 'other', port: 'out' },
      ],
    },
    step('if'),
    step('other'),
  ];
  const spans = { if: span(0, 40, ['yes']), other: span(0, 20), end: span(41, 50) };
  expect(criticalPath(steps, spans)).toEqual(['other', 'end']);
});

test('leaves out what was reused, skipped, or has not ended', () => {
  const steps = [step('a'), step('b', 'a'), step('c', 'b'), step('d', 'c')];
  const spans = {
    a: { finishedAt: 5, ports: ['out'] },
    b: span(5, 9),
    c: { startedAt: 9 },
    d: undefined,
  };
  expect(criticalPath(steps, spans)).toEqual(['b']);
  expect(criticalPath(steps, {})).toEqual([]);
});

test('a step that handles errors comes after what ended last before it', () => {
  const steps = [step('a'), step('b', 'a'), { ...step('mend'), kind: 'handler' }];
  const spans = { a: span(0, 10), b: span(10, 30, []), mend: span(31, 40) };
  expect(criticalPath(steps, spans)).toEqual(['a', 'b', 'mend']);
});

test('times of two clocks that differ by a little do not break the chain', () => {
  const steps = [step('a'), step('b', 'a'), step('c', 'b'), step('end', 'c')];
  const spans = { a: span(0, 30), b: span(40, 104), c: span(95, 95), end: span(95, 104) };
  expect(criticalPath(steps, spans)).toEqual(['a', 'b', 'c', 'end']);
});

test('what ends after all that it leads to ended the run, where it did not lead alone', () => {
  const steps = [step('quick'), step('slow'), step('first', 'quick', 'slow')];
  const spans = { quick: span(0, 10), slow: span(0, 70), first: span(10, 60) };
  expect(criticalPath(steps, spans)).toEqual(['slow']);
});
