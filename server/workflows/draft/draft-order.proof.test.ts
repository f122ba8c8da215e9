import { expect, test } from 'vitest';
import { playRounds } from '../testing/order';

test('whatever writes one draft at once, the result is what some order of the calls gives', async () => {
  const rounds = 600;
  const counts = await playRounds({ rounds, seed: 29_112_026, kills: 0.2 });
  expect(counts.rounds).toBe(rounds);
  expect(counts.killed).toBeGreaterThan(0);
}, 1_800_000);
