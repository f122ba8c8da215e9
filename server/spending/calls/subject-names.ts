import type { Pool } from 'pg';

type Kind = 'agent' | 'workflow' | 'person';
export type SubjectNames = { of(kind: Kind, id: string | null): string | null };

/** Names of agents, workflows and members of a workspace by their ids, in one statement; none of what was deleted. */
export async function readSubjectNames(
  pool: Pool,
  workspaceId: string,
  ids: Readonly<Record<Kind, readonly (string | null)[]>>,
): Promise<SubjectNames> {
  const known = (kind: Kind) => [...new Set(ids[kind].filter((id) => id !== null))];
  const { rows } = await pool.query<{ kind: Kind; id: string; name: string }>(
    `select 'agent' as kind, id::text, name from agent where workspace_id = $1 and id = any($2::uuid[])
     union all
     select 'workflow', id::text, name from workflow where workspace_id = $1 and id = any($3::uuid[])
     union all
     select 'person', u.id, u.name from member m join "user" u on u.id = m."userId"
     where m."organizationId" = $1 and u.id = any($4)`,
    [workspaceId, known('agent'), known('workflow'), known('person')],
  );
  const names = new Map(rows.map(({ kind, id, name }) => [`${kind} ${id}`, name]));
  return { of: (kind, id) => names.get(`${kind} ${id}`) ?? null };
}
