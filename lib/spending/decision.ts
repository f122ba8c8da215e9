import type { Trial } from '@/lib/experiments/schema';
import type { Decision } from './schema';

/** A decision with the variant of an experiment that the call was made for, if there was one. */
export const withTrial = (decision: Decision, trial: Trial | undefined): Decision =>
  trial === undefined ? decision : { ...decision, experiment: trial };
