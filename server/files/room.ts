import type { PoolClient } from 'pg';
import { AppError } from '@/lib/api/errors';
import type { Services } from '@/server/services';

/** Bytes of a workspace's files. */
export type Room = {
  /** All of them, with what uploads that are not finished will take. */
  used: number;
  /** Those of runs and of requests from outside. */
  sent: number;
  /** Files that people keep, and uploads. */
  ofPeople: number;
  uploads: number;
};

/**
 * How full a workspace is, without the files named. Whoever stores files in it waits until the transaction is over, so that
 * two at once cannot pass its room together.
 */
export async function holdRoom(
  client: PoolClient,
  workspaceId: string,
  without: readonly string[] = [],
): Promise<Room> {
  await client.query('select pg_advisory_xact_lock(72707371, hashtext($1))', [workspaceId]);
  const { rows } = await client.query<Record<keyof Room, string>>(
    `select f.bytes + u.bytes as used, f.sent, f."ofPeople" + u.uploads as "ofPeople", u.uploads
     from (select coalesce(sum(size), 0) as bytes,
         coalesce(sum(size) filter (where expires_at is not null), 0) as sent,
         count(*) filter (where created_by is not null) as "ofPeople"
       from file where workspace_id = $1 and id <> all($2)) f,
       (select coalesce(sum(size), 0) as bytes, count(*) as uploads
       from upload where workspace_id = $1) u`,
    [workspaceId, without],
  );
  const [row] = rows;
  return {
    ...{ used: Number(row?.used), sent: Number(row?.sent) },
    ...{ ofPeople: Number(row?.ofPeople), uploads: Number(row?.uploads) },
  };
}

/** Throws `too_large` where so many bytes more would not fit. */
export function refuseFull(
  { fileBytesPerWorkspace: most }: Pick<Services['config'], 'fileBytesPerWorkspace'>,
  { used }: Room,
  more: number,
): void {
  if (used + more <= most) return;
  const megabytes = Math.round(most / 1_000_000);
  throw new AppError(
    'too_large',
    `The files of this workspace would exceed ${megabytes} MB. Delete files you no longer need.`,
  );
}
