import type { Pool } from 'pg';
import { deleteEnded } from './delivery-store';

/** Forgets what was sent or given up, together with the runs of that time. */
export const forgetDeliveries = (pool: Pool, days: number): Promise<void> =>
  deleteEnded(pool, days);
