import type { RunTrigger } from '@/lib/runs/schema';

/** Who starts something by a request: a program with a key, or a person in the browser. */
export const triggerOf = (request: Pick<Request, 'headers'> | undefined): RunTrigger =>
  request?.headers.has('authorization') === true ? 'api' : 'manual';
