import type { Json } from '../draft/draft-value';

/** Two values that were set at once. Undefined: the field is absent there. */
export type Clash = {
  /** What this person set, and what does not stand there any more. */
  mine: Json | undefined;
  /** What won, everywhere alike. */
  theirs: Json | undefined;
  /** What stood there before both, where that is still known. */
  before: Json | undefined;
};

export type MergeStrategy = {
  name: string;
  /** One line for the docs. */
  summary: string;
  /** True: both values stay in sight until the person has chosen one. */
  asks?: true;
  /**
   * What should stand there, and whether something of `mine` is not in it: the person is told then. The same answer
   * for the same values: it is written by the one who lost, and may clash again.
   */
  resolve(clash: Clash): { value: Json | undefined; lost: boolean };
};

/** Declares how a field that two people set at once is merged; a field asks for it by `.meta({ merge: name })`. */
export function defineMerge(strategy: MergeStrategy): MergeStrategy {
  return strategy;
}
