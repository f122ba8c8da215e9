import { AppError } from '@/lib/api/errors';
import type { Actor } from '@/lib/people/schema';
import type { RunStatus } from '@/lib/runs/schema';
import { findKeyed } from '@/server/runs/journal/store';
import type { Services } from '@/server/services';

/**
 * The run that a request with this Idempotency-Key has started already: looked up before anything is frozen, because a
 * draft may have changed or broken since. Throws `idempotency_mismatch` where the key named another request.
 */
export async function earlierRun(
  { pool }: Pick<Services, 'pool'>,
  { workspaceId }: Pick<Actor, 'workspaceId'>,
  key: string | undefined,
  requestHash: string,
): Promise<{ id: string; status: RunStatus } | undefined> {
  if (key === undefined) return undefined;
  const found = await findKeyed(pool, workspaceId, key);
  if (found === undefined) return undefined;
  if (found.requestHash !== requestHash) throw otherRequest();
  return { id: found.id, status: found.status };
}

const otherRequest = () =>
  new AppError('idempotency_mismatch', 'This Idempotency-Key was used for another request.');
