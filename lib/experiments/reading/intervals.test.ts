import { expect, test } from 'vitest';
import { seeded } from '@/lib/models/seed';
import { variantOf } from '../assign';
import type { Goal } from '../schema';
import { breachOf } from './guardrails';
import { shareInterval } from './intervals';
import { type Tally, verdictOf } from './verdict';

/** Draws of what a task came to: skewed as costs are, and steady as durations may be. */
type Draw = (random: () => number) => number;
const normal: Draw = (random) =>
  Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
const draws: Readonly<Record<string, Draw>> = {
  steady: (random) => 10 + normal(random),
  skewed: (random) => Math.exp(normal(random)),
  'very skewed': (random) => Math.exp(1.5 * normal(random)),
  'often free': (random) => (random() < 0.7 ? 0 : Math.exp(normal(random))),
};

/** Counts as the database does, one task at a time. */
class Counter implements Tally {
  n = 0;
  failures = 0;
  rated = 0;
  foundBad = 0;
  #mean = 0;
  #squares = 0;
  add(value: number, failed: boolean) {
    this.n += 1;
    this.failures += failed ? 1 : 0;
    const off = value - this.#mean;
    this.#mean += off / this.n;
    this.#squares += off * (value - this.#mean);
  }
  get cost() {
    return { mean: this.#mean, variance: this.n < 2 ? 0 : this.#squares / (this.n - 1) };
  }
  get duration() {
    return this.cost;
  }
}

type World = { goal: Goal; draw: Draw; fails: [number, number]; effect: number; shareB: number };

/** Watches one experiment after each task until it names a winner or `tasks` are over. */
function watch({ goal, draw, fails, effect, shareB }: World, seed: number, tasks: number) {
  const random = seeded(seed);
  const counters = { A: new Counter(), B: new Counter() };
  for (let count = 1; count <= tasks; count += 1) {
    const variant = variantOf(`experiment ${seed}`, `run-${count}/step`, shareB);
    const value = draw(random) * (variant === 'B' ? effect : 1);
    counters[variant].add(value, random() < fails[variant === 'A' ? 0 : 1]);
    const { winner } = verdictOf(goal, counters.A, counters.B);
    if (winner !== undefined) return { winner, count };
  }
  return undefined;
}

const steady: Draw = () => 1;
const same: World = { goal: 'cost', draw: steady, fails: [0, 0], effect: 1, shareB: 50 };

test('of 1,000 experiments of two equal variants at most 5 % name a winner, looked at after each task', () => {
  const worlds: World[] = [
    ...Object.values(draws).flatMap((draw) =>
      [50, 20, 10].map((shareB): World => ({ ...same, draw, shareB })),
    ),
    ...[0.01, 0.05, 0.3].flatMap((share) =>
      [50, 10].map(
        (shareB): World => ({ ...same, goal: 'failures', fails: [share, share], shareB }),
      ),
    ),
  ];
  const [each, tasks] = [1_000, 500];
  const wins = worlds.map(
    (world, place) =>
      Array.from({ length: each }, (_, seed) =>
        watch(world, place * each + seed + 1, tasks),
      ).filter((won) => won !== undefined).length,
  );
  const most = Math.max(...wins);
  process.stdout.write(
    `A/A: ${worlds.length} kinds × ${each} experiments × ${tasks} looks: false winners at most ${most / 10} %, ${wins.reduce((sum, won) => sum + won, 0)} of ${worlds.length * each} in all\n`,
  );
  expect(most).toBeLessThanOrEqual(each * 0.05);
});

test.each([
  ['30 % cheaper, skewed costs', { ...same, draw: draws.skewed ?? steady, effect: 0.7 }, 0.95],
  [
    'half as slow, steady',
    { ...same, goal: 'duration', draw: draws.steady ?? steady, effect: 0.5 },
    1,
  ],
  ['5 % instead of 20 % fail', { ...same, goal: 'failures', fails: [0.2, 0.05] }, 0.95],
] as const)('a true effect is found: %s', (name, world, least) => {
  const [each, tasks] = [200, 2_000];
  const found = Array.from({ length: each }, (_, seed) =>
    watch({ ...world, fails: [world.fails[0], world.fails[1]] }, seed + 1, tasks),
  );
  const right = found.filter((won) => won?.winner === 'B');
  const counts = right.map((won) => won?.count ?? tasks).toSorted((a, b) => a - b);
  process.stdout.write(
    `${name}: ${right.length} of ${each} found within ${tasks} tasks, half of them within ${counts[Math.floor(counts.length / 2)]}; wrong ${found.filter((won) => won?.winner === 'A').length}\n`,
  );
  expect(right.length).toBeGreaterThanOrEqual(each * least);
});

test('a share’s interval holds it for as long as anybody looks, in 95 % of 500 sequences', () => {
  let missed = 0;
  for (let seed = 1; seed <= 500; seed += 1) {
    const random = seeded(seed);
    let hits = 0;
    for (let n = 1; n <= 300; n += 1) {
      if (random() < 0.1) hits += 1;
      const { low, high } = shareInterval(hits, n, 0.05);
      if (low > 0.1 || high < 0.1) {
        missed += 1;
        break;
      }
    }
  }
  process.stdout.write(`share 10 %: outside its interval in ${missed} of 500 sequences\n`);
  expect(missed).toBeLessThanOrEqual(25);
});

test('the hash gives each variant its share, and the same one again', () => {
  for (const shareB of [5, 50, 80]) {
    const keys = Array.from({ length: 20_000 }, (_, place) => `run-${place}/ask`);
    const got = keys.filter((key) => variantOf('x', key, shareB) === 'B').length;
    expect(Math.abs(got / keys.length - shareB / 100)).toBeLessThan(0.012);
    const again = keys.map((key) => variantOf('x', key, shareB));
    expect(keys.map((key) => variantOf('x', key, shareB))).toEqual(again);
  }
});

const spent = { tasks: 10, cost: 0n, counted: 10, failures: 0 };
test.each([
  ['costs within the limit', { cost: 1_000n }, undefined],
  ['costs above it', { cost: 1_001n }, { variant: 'B', by: 'cost' }],
  ['one dear task of few', { tasks: 1, counted: 1, cost: 500n }, undefined],
  [
    'one task that costs more than five may',
    { tasks: 1, counted: 0, cost: 501n },
    { variant: 'B', by: 'cost' },
  ],
  ['two of two fail', { tasks: 2, counted: 2, failures: 2 }, undefined],
  ['four of four fail', { tasks: 4, counted: 4, failures: 4 }, { variant: 'B', by: 'failures' }],
  ['as many fail as may', { tasks: 100, counted: 100, failures: 20 }, undefined],
])('guardrail: %s', (_, b, breach) => {
  const limits = { maxCost: 100n, maxFailurePercent: 20 };
  expect(breachOf(limits, { A: spent, B: { ...spent, ...b } })).toEqual(breach);
  expect(
    breachOf({ maxCost: null, maxFailurePercent: null }, { A: spent, B: { ...spent, ...b } }),
  ).toBe(undefined);
});
