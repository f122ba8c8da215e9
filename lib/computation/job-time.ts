import type { JobName } from './jobs';

/** Milliseconds of a processor that a job may take. Those for whole files and workflows have more to read. */
export const jobMs: Readonly<Record<JobName, number>> = {
  texts: 250,
  answer: 250,
  problems: 250,
  // A table of 50,000 rows takes its time to come and go, too.
  table: 1_500,
  content: 750,
  feed: 1_500,
  page: 1_500,
  file: 750,
  // The documents of large vendors have 8 MB.
  description: 3_000,
};
