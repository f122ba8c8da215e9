import { expect, test } from 'vitest';
import { debugAfter, letGoBy, type Place, sameDebug, stopBefore } from './debugging';
import { aPlan, aStep } from './testing/plans';

const item = (index: number, alone?: true) => ({
  stepId: 'each',
  index,
  ...(alone ? { alone } : {}),
});
const task = aStep('a');
const each = aStep('each', [], { body: aPlan([task]) });
const none = { breakpoints: {}, stepping: false };
const stepping = (...into: { stepId: string; index: number }[]) => ({
  ...none,
  stepping: true,
  into,
});

test('a breakpoint stops in every item, steps only where one has stepped into', () => {
  const debug = { breakpoints: { a: 'index > 1' }, stepping: false };
  expect(stopBefore(debug, [item(2)], 'a')).toEqual({ condition: 'index > 1' });
  expect(stopBefore(debug, [item(2)], 'toString')).toBeUndefined();
  expect(stopBefore(stepping(), [], 'a')).toBe('step');
  expect(stopBefore(stepping(), [item(0)], 'a')).toBeUndefined();
  expect(stopBefore(stepping(item(0)), [], 'z')).toBe('step');
  expect(stopBefore(stepping(item(0)), [item(0)], 'a')).toBe('step');
  expect(stopBefore(stepping(item(0)), [item(1)], 'a')).toBeUndefined();
  // One item after the other is walked through as a loop is.
  expect(stopBefore(stepping(item(0)), [item(1, true)], 'a')).toBe('step');
  expect(stopBefore(stepping(item(0)), [{ stepId: 'other', index: 0 }], 'a')).toBeUndefined();
  expect(stopBefore(stepping(item(0)), [item(0), item(0)], 'a')).toBeUndefined();
});

test('steps go over a container, into it, on inside it, and out of it', () => {
  const before = { breakpoints: { b: '' }, stepping: false };
  const outer = { place: [], step: each };
  const inner = { place: [item(2, true)], step: task };
  const { breakpoints } = before;
  expect(debugAfter(before, 'over', outer)).toEqual({ breakpoints, stepping: true });
  expect(debugAfter(before, 'into', outer)).toEqual({
    breakpoints,
    stepping: true,
    into: [item(0)],
  });
  expect(debugAfter(before, 'into', inner).into).toEqual([item(2)]);
  expect(debugAfter(before, 'over', inner).into).toEqual([item(2)]);
  expect(debugAfter(before, 'out', inner)).toEqual({ breakpoints, stepping: true });
  expect(debugAfter(stepping(item(0)), 'out', outer)).toEqual(none);
  expect(debugAfter(stepping(item(0)), 'continue', inner)).toEqual(none);
});

test('a move lets go of one, of all, or of all inside the same container', () => {
  const at = (place: Place, id: string) => ({ place, step: aStep(id) });
  const paused = [at([], 'x'), at([item(0)], 'a'), at([item(3)], 'b'), at([item(3), item(0)], 'c')];
  const [x, a, , c] = paused as [never, never, never, never];
  expect(letGoBy('over', a, paused)).toEqual([a]);
  expect(letGoBy('continue', a, paused)).toEqual(paused);
  expect(letGoBy('out', a, paused)).toEqual(paused.slice(1));
  expect(letGoBy('out', c, paused)).toEqual([c]);
  expect(letGoBy('out', x, paused)).toEqual(paused);
});

test('the same settings are told from others', () => {
  expect(sameDebug(none, { ...none, into: [] })).toBe(true);
  expect(sameDebug(none, stepping())).toBe(false);
  expect(sameDebug(stepping(item(0)), stepping(item(1)))).toBe(false);
});
