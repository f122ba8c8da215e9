import type { Pool } from 'pg';
import { forgetWrites } from './store';

/** Forgets what steps wrote under their keys once their runs are not kept any more; the rows stay. */
export function forgetTableWrites(pool: Pool, keepDays: number): Promise<void> {
  return forgetWrites(pool, keepDays);
}
