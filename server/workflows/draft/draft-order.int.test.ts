// @module-tag long
import { expect, test } from 'vitest';
import { playRounds } from '../testing/order';

test('whatever writes one draft at once, the result is what some order of the calls gives', async () => {
  const rounds = 6;
  const counts = await playRounds({ rounds, seed: 20_261_129, kills: 0.5 });
  expect(counts.rounds).toBe(rounds);
  expect(counts.killed).toBeGreaterThan(0);
}, 180_000);
