/** An interval that holds the true value at all moments at once, however often somebody looks. */
export type Interval = { low: number; high: number };

/** What was measured of one variant: how many tasks, their mean, and their sample variance. */
export type Sample = { n: number; mean: number; variance: number };

/** Fewer tasks of a variant than this say nothing of a mean: the interval below needs its variance to be known about. */
export const leastForMean = 25;
/** Where the interval below is narrowest for its level. */
const tunedFor = 400;

/**
 * The difference of two means, `b` minus `a`: an asymptotic confidence sequence, which is Robbins’ normal mixture with
 * the variances as they are found. I. Waudby-Smith, D. Arbour, R. Sinha, E. H. Kennedy, A. Ramdas, “Time-uniform central
 * limit theory and asymptotic confidence sequences”, Annals of Statistics 52(6), 2024, theorem 2.2 and section 3.
 * Undefined while a variant has fewer than {@link leastForMean} tasks.
 */
export function meanDifference(a: Sample, b: Sample, alpha: number): Interval | undefined {
  if (Math.min(a.n, b.n) < leastForMean) return undefined;
  const error = Math.sqrt(Math.max(a.variance / a.n + b.variance / b.n, pooled(a, b)));
  const log = -2 * Math.log(alpha);
  const spread = ((a.n + b.n) * (log + Math.log(log + 1))) / tunedFor + 1;
  const factor = ((2 * spread) / (spread - 1)) * Math.log(Math.sqrt(spread) / alpha);
  const half = error * Math.sqrt(factor);
  const middle = b.mean - a.mean;
  return { low: middle - half, high: middle + half };
}

/**
 * The squared error of the difference if both variants varied alike. Few tasks of a skewed measure have not met its
 * long end yet, and seem steadier than they are: then this one is larger.
 */
function pooled(a: Sample, b: Sample): number {
  const variance = ((a.n - 1) * a.variance + (b.n - 1) * b.variance) / (a.n + b.n - 2);
  return variance * (1 / a.n + 1 / b.n);
}

/**
 * A share, of which `hits` of `n` were seen: all shares that a uniform mixture of shares has not made less likely than
 * `alpha`. Holds for any n. H. Robbins, “Statistical methods related to the law of the iterated logarithm”, Annals of
 * Mathematical Statistics 41(5), 1970; for Bernoulli trials in S. Howard, A. Ramdas, J. McAuliffe, J. Sekhon,
 * “Time-uniform, nonparametric, nonasymptotic confidence sequences”, Annals of Statistics 49(2), 2021.
 */
export function shareInterval(hits: number, n: number, alpha: number): Interval {
  const misses = n - hits;
  const mixture = lnBeta(hits + 1, misses + 1);
  const limit = -Math.log(alpha);
  const excess = (share: number) =>
    mixture - times(hits, Math.log(share)) - times(misses, Math.log1p(-share)) - limit;
  const seen = n === 0 ? 0.5 : hits / n;
  return {
    low: excess(0) < 0 ? 0 : border(excess, 0, seen),
    high: excess(1) < 0 ? 1 : border(excess, 1, seen),
  };
}

/** 0 · −∞ is 0 here: what never happened says nothing. */
const times = (count: number, log: number) => (count === 0 ? 0 : count * log);

/** Where a function changes its sign between a place where it is above 0 and one where it is not. */
function border(of: (at: number) => number, above: number, below: number): number {
  let [out, within] = [above, below];
  for (let step = 0; step < 60; step += 1) {
    const middle = (out + within) / 2;
    if (of(middle) > 0) out = middle;
    else within = middle;
  }
  return out;
}

const lnBeta = (a: number, b: number) => lnGamma(a) + lnGamma(b) - lnGamma(a + b);

/** Stirling’s series, after a shift to where it is exact to 14 digits. */
function lnGamma(of: number): number {
  let shift = 0;
  let x = of;
  for (; x < 12; x += 1) shift += Math.log(x);
  const square = 1 / (x * x);
  const series = (1 / 12 - square * (1 / 360 - square * (1 / 1260 - square / 1680))) / x;
  return (x - 0.5) * Math.log(x) - x + 0.5 * Math.log(2 * Math.PI) + series - shift;
}
