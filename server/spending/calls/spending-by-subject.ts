import type { InputOf, ResultOf } from '@/lib/api/define-route';
import type { Actor } from '@/lib/people/schema';
import type { spendingBySubject as contract, SpendingGroup } from '@/lib/spending/figures-contract';
import { type Pico, usdOf } from '@/lib/spending/pico';
import { createPlaces } from '@/server/http/places';
import type { Services } from '@/server/services';
import { realCalls } from './real-calls';
import { readSubjectNames } from './subject-names';

/** Who a call is counted for. Of workflows the one that began: each call counts once. */
const subjects: Readonly<Record<SpendingGroup, string>> = {
  agent: 'agent_id::text',
  workflow: 'workflow_ids[cardinality(workflow_ids)]::text',
  person: 'person_id',
  model: `provider || '/' || model`,
};
const maxGroups = 50;
/** A million calls are summed in about a second: so few at once that the pool is there for all else. */
const inTurn = createPlaces({ atOnce: 2, perSender: 1, waiting: 40 });

type Row = {
  day: string | null;
  subject: string | null;
  calls: number;
  pico: string;
  unpriced: number;
};

/** What calls of real models cost in the last days of a time zone, by day and by subject: one look at them. */
export function spendingBySubject(
  services: Pick<Services, 'pool'>,
  actor: Actor,
  input: InputOf<typeof contract>,
): Promise<ResultOf<typeof contract>> {
  return inTurn(actor.userId, () => sumBySubject(services, actor, input));
}

async function sumBySubject(
  { pool }: Pick<Services, 'pool'>,
  { workspaceId }: Actor,
  { query }: InputOf<typeof contract>,
): Promise<ResultOf<typeof contract>> {
  const { by, days, timeZone, provider, model, agent, workflow, person } = query;
  const { rows } = await pool.query<Row & { today: string; total: boolean }>(
    `with today as (select (now() at time zone $2)::date as day),
     call as (
       select (started_at at time zone $2)::date as day, ${subjects[by]} as subject, cost_pico, price_list, state
       from model_call, today t
       where workspace_id = $1 and started_at >= (t.day - $3::int + 1)::timestamp at time zone $2
         and ${realCalls}
         and ($4::text is null or provider = $4) and ($5::text is null or model = $5)
         and ($6::uuid is null or agent_id = $6) and ($7::uuid is null or $7 = any(workflow_ids))
         and ($8::text is null or person_id = $8)
     )
     select to_char(c.day, 'YYYY-MM-DD') as day, c.subject, grouping(c.subject) = 1 as total, count(*)::int as calls,
       sum(c.cost_pico)::text as pico, count(*) filter (where c.price_list is null and c.state <> 'held')::int as unpriced,
       to_char(t.day, 'YYYY-MM-DD') as today
     from call c cross join today t group by grouping sets ((t.day, c.day), (t.day, c.subject))
     union all
     select null, null, false, 0, '0', 0, to_char(day, 'YYYY-MM-DD') from today`,
    [
      ...[workspaceId, timeZone, days],
      ...[provider ?? null, model ?? null, agent ?? null, workflow ?? null, person ?? null],
    ],
  );
  const byDay = new Map(rows.flatMap((row) => (row.total && row.day ? [[row.day, row]] : [])));
  const found = rows
    .filter(({ total, calls }) => !total && calls > 0)
    .sort((a, b) => compare(BigInt(b.pico), BigInt(a.pico)) || b.calls - a.calls);
  const ids = (kind: SpendingGroup) => (by === kind ? found.map(({ subject }) => subject) : []);
  const shown = found.slice(0, maxGroups);
  const names = await readSubjectNames(pool, workspaceId, {
    ...{ agent: ids('agent'), workflow: ids('workflow'), person: ids('person') },
  });
  return {
    calls: found.reduce((sum, row) => sum + row.calls, 0),
    costUsd: usdOf(sumOf(found)),
    unpriced: found.reduce((sum, row) => sum + row.unpriced, 0),
    days: daysTo(rows[0]?.today ?? '1970-01-01', days).map((day) => {
      const { calls = 0, pico = '0' } = byDay.get(day) ?? {};
      return { day, calls, costUsd: usdOf(BigInt(pico)) };
    }),
    groups: shown.map(({ subject, calls, pico }) => ({
      id: subject,
      name: by === 'model' ? subject : names.of(by, subject),
      ...{ calls, costUsd: usdOf(BigInt(pico)) },
    })),
    restUsd: usdOf(sumOf(found.slice(maxGroups))),
  };
}

const sumOf = (rows: readonly Row[]): Pico =>
  rows.reduce((sum, { pico }) => sum + BigInt(pico), 0n);
const compare = (a: Pico, b: Pico) => (a < b ? -1 : a > b ? 1 : 0);

/** So many days up to this one, the oldest first. */
function daysTo(last: string, count: number): string[] {
  const end = Date.parse(`${last}T00:00:00Z`);
  return Array.from({ length: count }, (_, index) =>
    new Date(end - (count - 1 - index) * 86_400_000).toISOString().slice(0, 10),
  );
}
