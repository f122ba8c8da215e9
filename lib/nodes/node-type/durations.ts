import { keysOf } from '@/lib/values/keys-of';
/** Units in which people give a duration, in milliseconds. */
export const unitMs = {
  seconds: 1_000,
  minutes: 60_000,
  hours: 3_600_000,
  days: 86_400_000,
} as const;

export const units = keysOf(unitMs);

/** Nothing waits longer than this, in milliseconds: one year. */
export const longestWait = 365 * unitMs.days;
