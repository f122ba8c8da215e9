/** Ways to treat a write that met something else than expected; one file each in `lib/memory/strategies`. */
export const strategyNames = ['last', 'first', 'version', 'merge', 'manual'] as const;
export type StrategyName = (typeof strategyNames)[number];
