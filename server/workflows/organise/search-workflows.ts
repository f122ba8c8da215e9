import type { Pool } from 'pg';
import type { Hit } from '@/lib/search/contract';
import type { Wanted } from '@/lib/search/words';

/** Workflows of a workspace by name, description and tags: those that begin with it first, then the last changed. */
export async function searchWorkflows(
  pool: Pool,
  workspaceId: string,
  { patterns, whole }: Wanted,
  limit: number,
): Promise<Hit[]> {
  const { rows } = await pool.query<{
    id: string;
    title: string;
    folder: string;
    live: number | null;
  }>(
    `select id, name as title, folder, live_version as live from workflow
     where workspace_id = $1 and deleted_at is null
       and concat_ws(' ', name, description, array_to_string(tags, ' ')) ilike all ($2::text[])
     order by starts_with(lower(name), $3) desc, name ilike all ($2::text[]) desc, updated_at desc, id limit $4`,
    [workspaceId, patterns, whole, limit],
  );
  return rows.map(({ id, title, folder, live }) => ({
    kind: 'workflow',
    id,
    title,
    detail:
      folder === '' ? (live === null ? 'Draft' : `Live v${live}`) : folder.replaceAll('/', ' / '),
    href: `/workflows/${id}`,
  }));
}

/** Steps of the drafts of a workspace, by name; those of one workflow first, where one is named. */
export async function searchSteps(
  pool: Pool,
  workspaceId: string,
  { patterns, whole }: Wanted,
  limit: number,
  first?: string,
): Promise<Hit[]> {
  const { rows } = await pool.query<{ id: string; workflow: string; step: string; title: string }>(
    `select w.id, w.name as workflow, s ->> 'id' as step, s ->> 'name' as title
     from workflow w cross join lateral jsonb_array_elements(w.steps) s
     where w.workspace_id = $1 and w.deleted_at is null and s ->> 'name' ilike all ($2::text[])
     order by w.id is not distinct from $5::uuid desc, starts_with(lower(s ->> 'name'), $3) desc,
       w.updated_at desc, w.id limit $4`,
    [workspaceId, patterns, whole, limit, first ?? null],
  );
  return rows.map(({ id, workflow, step, title }) => ({
    kind: 'step',
    id: `${id} ${step}`,
    title,
    detail: workflow,
    href: `/workflows/${id}?node=${encodeURIComponent(step)}`,
  }));
}
