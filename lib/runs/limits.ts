/** Bounds of what one run may do; each is told when it is met. */
export const runLimits = {
  /** Runs inside runs. */
  depth: 10,
  /** Items of one map, and rounds of one loop. */
  items: 10_000,
  /** Children of one step under way at once. */
  concurrency: 50,
} as const;
