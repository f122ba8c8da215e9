/** Bounds of what one run may do; each is told when it is met. What an instance allows lies within: `RunLimits`. */
export const runLimits = {
  /** Steps inside steps, and runs inside runs. */
  depth: 10,
  /** Items of one map, and rounds of one loop. */
  items: 100_000,
  /** Children of one step under way at once. */
  concurrency: 50,
} as const;

/** What an instance allows its runs, from its configuration. */
export type RunLimits = Readonly<{
  /** Steps of a run, those inside others counted once. */
  steps: number;
  /** Runs inside runs. */
  depth: number;
  /** Items of one map, and rounds of one loop. */
  items: number;
  /** Length of the JSON of one value: an input, or what a step gives. */
  characters: number;
  /** Time that a run may take; what it waits is not counted. */
  timeMs: number;
}>;

export const usualLimits: RunLimits = {
  steps: 1_000,
  depth: runLimits.depth,
  items: 10_000,
  characters: 16_000_000,
  timeMs: 7 * 86_400_000,
};
