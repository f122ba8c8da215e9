import type { CodeJob } from '@/lib/code/code-job';

/** A job as a sandbox gets it, in two messages: this, and its values as one JSON object. */
export type SandboxJob = Omit<CodeJob, 'names'> & {
  /** Names of the values that the code sees. */
  keys: readonly string[];
};
