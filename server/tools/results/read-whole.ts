import type { Pool } from 'pg';
import { type CallPlace, findWhole } from '../store';

/** The whole of a cut result of a step, by the name that its note gives, and whether it came from outside. */
export async function readWhole(
  pool: Pool,
  step: Pick<CallPlace, 'runId' | 'stepId'>,
  ref: string,
): Promise<{ whole: string; outside: boolean } | undefined> {
  const [turn = -1, position = -1] = ref.split('.').map(Number);
  return findWhole(pool, { ...step, turn, position });
}
