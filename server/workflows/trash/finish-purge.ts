import type { Pool } from 'pg';
import { letGo, removeWorkflow } from './store';

/** Runs that one statement changes, and statements of one call: the sweeper does what is left after that. */
const batch = 1_000;
const maxBatches = 50;

/** Does what is left of deleting a marked workflow for good. May be repeated, also at once; true when it is gone. */
export async function finishPurge(pool: Pool, id: string): Promise<boolean> {
  for (let done = 0; done < maxBatches; done += 1) {
    if ((await letGo(pool, id, batch)) === 0) {
      await removeWorkflow(pool, id);
      return true;
    }
  }
  return false;
}
