import type { Pool } from 'pg';

/** More operations of one workspace than agents can choose from. */
const maxOperations = 2_000;

/** Operations of all services that a workspace added, with the service of each. */
export async function operationsOfAll(
  pool: Pool,
  workspaceId: string,
): Promise<{ name: string; auth: unknown; operation: unknown }[]> {
  const { rows } = await pool.query<{ name: string; auth: unknown; operation: unknown }>(
    `select s.name, s.auth, o.operation from openapi_service s
     cross join lateral jsonb_array_elements(s.operations) with ordinality as o(operation, place)
     where s.workspace_id = $1 order by s.name, s.id, o.place limit $2`,
    [workspaceId, maxOperations],
  );
  return rows;
}
