import { readCursor, writeCursor } from '@/lib/api/cursor';
import type { InputOf, ResultOf } from '@/lib/api/define-route';
import type { Actor } from '@/lib/people/schema';
import type { listCalls as contract, ListedCall, ModelCallFact } from '@/lib/spending/contract';
import type { Services } from '@/server/services';
import { readSubjectNames } from './subject-names';
import { callRowSchema } from './view';

/** Model calls of the workspace, newest first. */
export async function listCalls(
  { pool }: Pick<Services, 'pool'>,
  { workspaceId }: Actor,
  { query }: InputOf<typeof contract>,
): Promise<ResultOf<typeof contract>> {
  const before = readCursor(query.cursor);
  const { rows } = await pool.query(
    `select * from model_call c where workspace_id = $1
       and ($2::timestamptz is null or (started_at, id) < ($2, $3::uuid))
       and ($4::text is null or provider = $4) and ($5::text is null or model = $5)
       and ($6::uuid is null or agent_id = $6) and ($7::uuid is null or $7 = any(workflow_ids))
       and ($8::text is null or person_id = $8) and ($9::text is null or state = $9)
       and ($10::timestamptz is null or started_at >= $10) and ($11::timestamptz is null or started_at < $11)
     order by started_at desc, id desc limit $12`,
    [
      workspaceId,
      before?.at ?? null,
      before?.id ?? null,
      query.provider ?? null,
      query.model ?? null,
      query.agent ?? null,
      query.workflow ?? null,
      query.person ?? null,
      query.state ?? null,
      query.from ?? null,
      query.to ?? null,
      query.limit + 1,
    ],
  );
  const calls = rows.slice(0, query.limit).map((row) => callRowSchema.parse(row));
  const items = await withNames(pool, workspaceId, calls);
  const last = rows.length > query.limit ? items.at(-1) : undefined;
  return {
    items,
    ...(last ? { nextCursor: writeCursor({ at: last.startedAt, id: last.id }) } : {}),
  };
}

/** Calls with the names of what they belong to: three statements for a page. */
async function withNames(
  pool: Services['pool'],
  workspaceId: string,
  calls: readonly ModelCallFact[],
): Promise<ListedCall[]> {
  const [subjects, { rows }] = await Promise.all([
    readSubjectNames(pool, workspaceId, {
      agent: calls.map(({ agentId }) => agentId),
      workflow: calls.map(({ workflowId }) => workflowId),
      person: calls.map(({ personId }) => personId),
    }),
    pool.query<{ id: string; name: string; nodeId: string; step: string | null }>(
      `select r.id, r.name, asked.node_id as "nodeId", (
         select s->>'name' from json_array_elements(r.definition->'steps') s where s->>'id' = asked.node_id limit 1
       ) as step
       from unnest($2::uuid[], $3::text[]) as asked (run_id, node_id)
       join run r on r.id = asked.run_id and r.workspace_id = $1`,
      [workspaceId, calls.map(({ runId }) => runId), calls.map(({ nodeId }) => nodeId)],
    ),
  ]);
  const places = new Map(rows.map((row) => [`${row.id} ${row.nodeId}`, row]));
  return calls.map((call) => {
    const place = places.get(`${call.runId} ${call.nodeId}`);
    return {
      ...call,
      names: {
        workflow: subjects.of('workflow', call.workflowId),
        run: place?.name ?? null,
        step: place?.step ?? null,
        agent: subjects.of('agent', call.agentId),
        person: subjects.of('person', call.personId),
      },
    };
  });
}
