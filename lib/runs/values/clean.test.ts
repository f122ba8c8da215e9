import { expect, it } from 'vitest';
import { usualLimits } from '@/lib/runs/limits';
import { cleanText, cleanValue } from './clean';

it('replaces what Postgres refuses, in keys too', () => {
  const given = { 'a\u0000': ['x\u0000y', '\ud800', { deep: '\udc00z' }], fine: '😀 \\u0000' };
  expect(cleanValue(given)).toEqual({
    ok: true,
    value: { 'a\uFFFD': ['x\uFFFDy', '\uFFFD', { deep: '\uFFFDz' }], fine: '😀 \\u0000' },
  });
  expect(cleanText('\u0000\ud800')).toBe('\uFFFD\uFFFD');
});

it('makes plain JSON', () => {
  expect(cleanValue(undefined)).toEqual({ ok: true, value: null });
  expect(cleanValue(() => 1)).toEqual({ ok: true, value: null });
  expect(cleanValue({ a: undefined, b: Number.NaN, c: new Map() })).toEqual({
    ok: true,
    value: { b: null, c: {} },
  });
});

it('refuses what is too large, too deep or circular', () => {
  const circle: { self?: unknown } = {};
  circle.self = circle;
  let deep: unknown = 1;
  for (let level = 0; level <= 64; level += 1) deep = [deep];
  for (const value of [circle, deep, 'x'.repeat(usualLimits.characters), 10n]) {
    expect(cleanValue(value).ok).toBe(false);
  }
  expect(cleanValue('x'.repeat(100), 101)).toMatchObject({ ok: false });
  expect(cleanValue('x'.repeat(100), 102)).toMatchObject({ ok: true });
});
