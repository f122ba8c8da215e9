import type { Pool } from 'pg';
import { AppError } from '@/lib/api/errors';
import { transaction } from '@/server/db/transaction';
import { insertAudit } from '@/server/people/insert-audit';
import type { Services } from '@/server/services';
import { holdRoom } from './room';

/** A file that came with a request from outside. */
export type SentBytes = {
  id: string;
  name: string;
  mediaType: string;
  sha256: string;
  bytes: Uint8Array;
};

/** The part of a workspace's room for files that requests may fill, so that people can always upload. */
const share = 0.5;

/**
 * Keeps files of a request for as long as runs are kept. They have a part of the workspace's room to themselves: whoever may
 * send cannot take the rest. One with an ID that is there replaces it. Throws `too_large`.
 */
export async function keepSentFiles(
  { pool, config }: Pick<Services, 'pool' | 'config'>,
  workspaceId: string,
  files: readonly SentBytes[],
  from: { triggerId: string } | { runId: string },
): Promise<void> {
  if (files.length === 0) return;
  const more = files.reduce((sum, { bytes }) => sum + bytes.byteLength, 0);
  await transaction(pool, async (client) => {
    const ids = files.map(({ id }) => id);
    const { used, sent } = await holdRoom(client, workspaceId, ids);
    const most = config.fileBytesPerWorkspace;
    if (used + more > most || sent + more > most * share) {
      throw new AppError(
        'too_large',
        'There is no room for more files of requests in this workspace.',
      );
    }
    for (const { id, name, mediaType, sha256, bytes } of files) {
      const size = bytes.byteLength;
      const stored = await client.query<{ isNew: boolean }>(
        `insert into file (id, workspace_id, name, media_type, size, sha256, data, expires_at)
         values ($1, $2, $3, $4, $5, $6, $7, now() + make_interval(days => $8))
         on conflict (id) do update set name = excluded.name, media_type = excluded.media_type,
           size = excluded.size, sha256 = excluded.sha256, data = excluded.data,
           expires_at = excluded.expires_at
         where file.workspace_id = excluded.workspace_id
         returning xmax = 0 as "isNew"`,
        [id, workspaceId, name, mediaType, size, sha256, bytes, config.retention.keepDays],
      );
      if (!stored.rows[0]?.isNew) continue;
      const actor = { workspaceId, userId: null };
      await insertAudit(
        client,
        actor,
        'file.received',
        { type: 'file', id },
        { name, size, ...from },
      );
    }
  });
}

/** Deletes those whose time is over. */
export async function forgetSentFiles(pool: Pool): Promise<void> {
  await pool.query('delete from file where expires_at < now()');
}
