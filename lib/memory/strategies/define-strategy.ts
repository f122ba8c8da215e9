import type { Json, Leaf } from '../merge/leaf';

/** A write that met something else than its writer expected. */
export type Clash = {
  /** What the writer had read; undefined where there was nothing, or where it is not known any more. */
  base: Json | undefined;
  mine: Json;
  /** What stands there now; undefined where there is nothing any more. */
  theirs: Json | undefined;
  /** Fields that count, by path: their differences add up. */
  counters: readonly string[];
};

export type Verdict =
  /** Written, over what somebody else had written. */
  | { do: 'write'; value: Json; merged?: true }
  /** What stands there stays, and the writer is told. */
  | { do: 'keep' }
  /** Refused with both values. */
  | { do: 'refuse' }
  /** Kept aside for somebody to decide; what stands there stays. */
  | { do: 'ask'; leaves: Leaf[] };

export type Strategy = {
  name: string;
  title: string;
  /** One sentence for people. */
  summary: string;
  /** What a writer expects who says nothing. */
  expects: 'any' | 'absent';
  resolve(clash: Clash): Verdict;
};

/** Declares a way to treat a write that met something else than its writer expected. */
export const defineStrategy = (strategy: Strategy): Strategy => strategy;
