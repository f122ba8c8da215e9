import type { Author } from '@/lib/memory/schema';
import type { Db } from './entry-store';

export type CheckpointRecord = {
  id: string;
  name: string;
  number: number;
  author: Author;
  createdAt: Date;
};

const columns = `id, name, number::float8 as number, author, created_at as "createdAt"`;
type Space = { workspaceId: string; id: string };

export async function checkpointsOf(
  db: Db,
  { workspaceId, id }: Space,
): Promise<CheckpointRecord[]> {
  const { rows } = await db.query<CheckpointRecord>(
    `select ${columns} from memory_checkpoint where workspace_id = $1 and space_id = $2
     order by created_at desc, id`,
    [workspaceId, id],
  );
  return rows;
}

/** Names the space's number as it is at the commit; undefined where there are too many already. */
export async function insertCheckpoint(
  db: Db,
  { workspaceId, id }: Space,
  { name, author, most }: { name: string; author: Author; most: number },
): Promise<CheckpointRecord | undefined> {
  const { rows } = await db.query<CheckpointRecord>(
    `with held as (select id, number from memory_space where workspace_id = $1 and id = $2 for share)
     insert into memory_checkpoint (id, space_id, workspace_id, name, number, author)
     select gen_random_uuid(), held.id, $1, $3, held.number, $4::jsonb from held
     where (select count(*) from memory_checkpoint where space_id = $2) < $5
     returning ${columns}`,
    [workspaceId, id, name, JSON.stringify(author), most],
  );
  return rows[0];
}

export async function removeCheckpoint(
  db: Db,
  { workspaceId, id }: Space,
  checkpoint: string,
): Promise<boolean> {
  const { rowCount } = await db.query(
    'delete from memory_checkpoint where workspace_id = $1 and space_id = $2 and id = $3',
    [workspaceId, id, checkpoint],
  );
  return (rowCount ?? 0) > 0;
}
