import type { Pool } from 'pg';
import { namesOfPools } from './pool-store';

/** Names of the pools of a workspace. */
export const poolNames = (pool: Pool, workspaceId: string): Promise<string[]> =>
  namesOfPools(pool, workspaceId);
