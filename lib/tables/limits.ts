import type { Budget } from '@/lib/expressions/values/budget';

/** Rows that one step may give, whatever it makes them of. */
export const maxRows = 200_000;

/**
 * What one step may use for all its rows together: four times what an expression has, since honest tables of 50,000
 * rows need that. A thread does it, which is ended when it takes longer (`jobMs`).
 */
export function tableBudget(): Budget {
  return { left: 20_000_000, bytes: 256_000_000 };
}
