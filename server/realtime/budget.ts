/** Lets through `perSecond` on average and at most `burst` at once. Times are in milliseconds. */
export type Budget = { take(now: number, amount?: number): boolean };

export function createBudget(perSecond: number, burst: number): Budget {
  let left = burst;
  let at: number | undefined;
  return {
    take(now, amount = 1) {
      left = Math.min(burst, left + ((now - (at ?? now)) * perSecond) / 1_000);
      at = now;
      // Whatever is larger than the burst itself passes when nothing else did.
      if (amount > left && left < burst) return false;
      left -= amount;
      return true;
    },
  };
}
