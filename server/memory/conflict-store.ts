import type { Json } from '@/lib/memory/merge/leaf';
import type { Author } from '@/lib/memory/schema';
import type { SpaceKind } from '@/lib/memory/space';
import type { Db } from './entry-store';

export type ConflictRecord = {
  id: string;
  spaceId: string;
  path: string;
  kind: SpaceKind;
  name: string;
  base: { value?: Json };
  mine: Json;
  theirs: Json;
  theirsDeleted: boolean;
  theirsVersion: number;
  leaves: string[];
  author: Author;
  createdAt: Date;
  resolvedAt: Date | null;
};

/** Keeps a write aside, with the note of its step in the same commit; undefined where its member may no longer write. */
export async function insertConflict(
  db: Db,
  given: {
    space: { id: string; workspaceId: string };
    path: string;
    base: Json | undefined;
    mine: Json;
    theirs: number;
    leaves: string[];
    author: Author;
    member: { id: string; roles: readonly string[] } | undefined;
    note?: { key: string; resultOf: (id: string) => object };
  },
): Promise<string | undefined> {
  const { space, member, note } = given;
  const id = crypto.randomUUID();
  const { rows } = await db.query<{ id: string }>(
    `with allowed as (
       select 1 where $10::text is null or exists (select from member m
         where m."organizationId" = $3 and m."userId" = $10 and m.role = any($11::text[]))
     ), noted as (
       insert into memory_write (workspace_id, key, result)
       select $3, $12, $13::jsonb from allowed where $12::text is not null
       on conflict do nothing returning key
     )
     insert into memory_conflict (id, space_id, workspace_id, path, base, mine, theirs, leaves, author)
     select $1::uuid, $2::uuid, $3, $4, $5::json, $6::json, $7::int, $8::jsonb, $9::jsonb
     from allowed where $12::text is null or exists (select from noted)
     returning id`,
    [
      ...[id, space.id, space.workspaceId, given.path],
      JSON.stringify(given.base === undefined ? {} : { value: given.base }),
      JSON.stringify(given.mine),
      given.theirs,
      JSON.stringify(given.leaves),
      JSON.stringify(given.author),
      ...[member?.id ?? null, member?.roles ?? [], note?.key ?? null],
      note === undefined ? null : JSON.stringify(note.resultOf(id)),
    ],
  );
  return rows[0]?.id;
}

const columns = `c.id, c.space_id as "spaceId", c.path, s.kind, s.name, c.base, c.mine,
  e.value as theirs, coalesce(e.deleted or e.expires_at <= now(), e.path is null) as "theirsDeleted",
  coalesce(e.version, 0) as "theirsVersion", c.leaves, c.author, c.created_at as "createdAt", c.resolved_at as "resolvedAt"`;
const from = `memory_conflict c join memory_space s on s.id = c.space_id
  left join memory_entry e on e.space_id = c.space_id and e.path = c.path`;
const visible = `(s.kind <> 'person' or s.name = $2)`;

/** Open conflicts that a person may see, the newest first. */
export async function openConflicts(
  db: Db,
  { workspaceId, personId, spaceId }: { workspaceId: string; personId: string; spaceId?: string },
): Promise<ConflictRecord[]> {
  const { rows } = await db.query<ConflictRecord>(
    `select ${columns} from ${from}
     where c.workspace_id = $1 and ${visible} and c.resolved_at is null and ($3::uuid is null or c.space_id = $3)
     order by c.created_at desc, c.id limit 200`,
    [workspaceId, personId, spaceId ?? null],
  );
  return rows;
}

export async function findConflict(
  db: Db,
  { workspaceId, personId, id }: { workspaceId: string; personId: string; id: string },
): Promise<ConflictRecord | undefined> {
  const { rows } = await db.query<ConflictRecord>(
    `select ${columns} from ${from} where c.workspace_id = $1 and ${visible} and c.id = $3`,
    [workspaceId, personId, id],
  );
  return rows[0];
}

/** Closes a conflict once; answers whether this was that once. */
export async function closeConflict(
  db: Db,
  {
    workspaceId,
    id,
    by,
    resolution,
  }: { workspaceId: string; id: string; by: Author; resolution: string },
): Promise<boolean> {
  const { rowCount } = await db.query(
    `update memory_conflict set resolved_at = now(), resolved_by = $3::jsonb, resolution = $4
     where workspace_id = $1 and id = $2 and resolved_at is null`,
    [workspaceId, id, JSON.stringify(by), resolution],
  );
  return (rowCount ?? 0) > 0;
}
