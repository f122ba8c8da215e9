import type { Pool } from 'pg';

/** More operations of one workspace than agents can choose from. */
const maxOperations = 2_000;

/** Operations of all services that a workspace added, with the service of each. */
export async function operationsOfAll(
  db: Pick<Pool, 'query'>,
  workspaceId: string,
): Promise<{ name: string; auth: unknown; operation: unknown }[]> {
  const { rows } = await db.query<{ name: string; auth: unknown; operation: unknown }>(
    `select s.name, s.auth, o.operation from openapi_service s
     cross join lateral jsonb_array_elements(s.operations) with ordinality as o(operation, place)
     where s.workspace_id = $1 order by s.name, s.id, o.place limit $2`,
    [workspaceId, maxOperations],
  );
  return rows;
}

/** Another text after any change of a service: `xmin` is the transaction that wrote a row last. */
export async function markOfOperations(
  db: Pick<Pool, 'query'>,
  workspaceId: string,
): Promise<string> {
  const { rows } = await db.query<{ mark: string | null }>(
    `select string_agg(id || ':' || xmin::text, ',' order by id) as mark from openapi_service where workspace_id = $1`,
    [workspaceId],
  );
  return rows[0]?.mark ?? '';
}
