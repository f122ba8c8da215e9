import type { Pool, PoolClient } from 'pg';
import { z } from 'zod';
import { AppError } from '@/lib/api/errors';
import type { Decided } from '@/lib/experiments/contract';
import type { Tally } from '@/lib/experiments/reading/verdict';
import {
  changeSchema,
  type ExperimentState,
  type Goal,
  type VariantId,
} from '@/lib/experiments/schema';

type Db = Pool | PoolClient;

const variantsSchema = z.tuple([
  z.object({ name: z.string(), change: changeSchema }),
  z.object({ name: z.string(), change: changeSchema }),
]);
export type Variants = z.infer<typeof variantsSchema>;

export type ExperimentRow = {
  id: string;
  workspace_id: string;
  name: string;
  workflow_id: string | null;
  step_id: string | null;
  step_name: string | null;
  agent_id: string | null;
  goal: Goal;
  share_b: number;
  variants: unknown;
  max_cost_pico: string | null;
  max_failure_percent: number | null;
  state: ExperimentState;
  end_reason: string | null;
  decided: Decided | null;
  adopted: VariantId | null;
  started_at: Date;
  ended_at: Date | null;
};

export type ListedRow = ExperimentRow & {
  workflow_name: string | null;
  agent_name: string | null;
  agent_handle: string | null;
  starter: string | null;
  tasks: number;
};

export const variantsOf = ({ variants }: Pick<ExperimentRow, 'variants'>): Variants =>
  variantsSchema.parse(variants);

export const variantOfRow = (row: Pick<ExperimentRow, 'variants'>, variant: VariantId) =>
  variantsOf(row)[variant === 'A' ? 0 : 1];

/** Experiments with the names of what they are about, by what follows `where`: those of a workspace ($1), not deleted. */
export async function readExperiments(
  db: Db,
  workspaceId: string,
  rest: string,
  values: readonly unknown[] = [],
): Promise<ListedRow[]> {
  const { rows } = await db.query<ListedRow>(
    `select e.*, w.name as workflow_name, a.name as agent_name, a.handle as agent_handle, u.name as starter,
       (select count(*)::int from experiment_task t where t.experiment_id = e.id and t.variant in ('A', 'B')) as tasks
     from experiment e left join workflow w on w.id = e.workflow_id left join agent a on a.id = e.agent_id
       left join "user" u on u.id = e.created_by
     where e.workspace_id = $1 and e.deleted_at is null ${rest}`,
    [workspaceId, ...values],
  );
  return rows;
}

/** One experiment of a workspace. Throws `not_found` for any other. */
export async function requireExperiment(
  db: Db,
  workspaceId: string,
  id: string,
): Promise<ListedRow> {
  const [row] = await readExperiments(db, workspaceId, 'and e.id = $2', [id]);
  if (row === undefined) throw new AppError('not_found', 'This experiment does not exist.');
  return row;
}

/** What the tasks of a variant came to; `pico` is what its counted tasks cost. */
export type TallyRow = Tally & {
  tasks: number;
  leftOut: number;
  cost: Tally['cost'] & { pico: bigint };
  lastRunId: string | null;
};

type Sums = {
  variant: VariantId;
  tasks: number;
  n: number;
  left_out: number;
  failures: number;
  cost: string;
  cost_mean: number;
  cost_var: number;
  ms_mean: number;
  ms_var: number;
  last_run: string | null;
};

const nothing: TallyRow = {
  ...{ tasks: 0, leftOut: 0, n: 0, failures: 0 },
  cost: { mean: 0, variance: 0, pico: 0n },
  duration: { mean: 0, variance: 0 },
  ...{ rated: 0, foundBad: 0 },
  lastRunId: null,
};

/** Sums of an experiment's tasks. Postgres sums whole numbers of any length, so nothing is lost on the way. */
export async function tallyOf(db: Db, id: string): Promise<Record<VariantId, TallyRow>> {
  const { rows } = await db.query<Sums>(
    `select variant, count(*)::int as tasks, (count(*) filter (where ok))::int as n,
       (count(*) filter (where left_out))::int as left_out, (count(*) filter (where ok and failed))::int as failures,
       coalesce(sum(cost_pico) filter (where ok), 0)::text as cost,
       coalesce(avg(cost_pico) filter (where ok), 0)::float8 as cost_mean,
       coalesce(var_samp(cost_pico) filter (where ok), 0)::float8 as cost_var,
       coalesce(avg(duration_ms) filter (where ok), 0)::float8 as ms_mean,
       coalesce(var_samp(duration_ms) filter (where ok), 0)::float8 as ms_var,
       (array_agg(run_id order by assigned_at desc) filter (where ok))[1] as last_run
     from (select *, counted_at is not null and not left_out as ok from experiment_task where experiment_id = $1) t
     group by variant`,
    [id],
  );
  const ratings = await ratingsOf(db, id);
  const of = (variant: VariantId): TallyRow => {
    const { rated = 0, found_bad: foundBad = 0 } =
      ratings.find((each) => each.variant === variant) ?? {};
    const row = rows.find((each) => each.variant === variant);
    if (row === undefined) return nothing;
    return {
      ...{ tasks: row.tasks, n: row.n, leftOut: row.left_out, failures: row.failures },
      cost: { mean: row.cost_mean, variance: row.cost_var, pico: BigInt(row.cost) },
      duration: { mean: row.ms_mean, variance: row.ms_var },
      ...{ rated, foundBad },
      lastRunId: row.last_run,
    };
  };
  return { A: of('A'), B: of('B') };
}

/** Of counted tasks whose answers people rated in a chat: how many, and how many more found bad than good. */
async function ratingsOf(db: Db, id: string) {
  const { rows } = await db.query<{ variant: VariantId; rated: number; found_bad: number }>(
    `select t.variant, count(*)::int as rated, (count(*) filter (where f.down > f.up))::int as found_bad
     from experiment e join experiment_task t on t.experiment_id = e.id
       join run r on r.id = t.run_id join run top on top.id = coalesce(r.root_run_id, r.id)
       join message m on m.thread_id = top.thread_id and m.run_id = top.id
       cross join lateral (
         select count(*) filter (where f.verdict = 'up') as up, count(*) filter (where f.verdict = 'down') as down
         from answer_feedback f where f.message_id = m.id
       ) f
     where e.id = $1 and e.goal = 'feedback' and t.counted_at is not null and not t.left_out and f.up + f.down > 0
     group by t.variant`,
    [id],
  );
  return rows;
}
