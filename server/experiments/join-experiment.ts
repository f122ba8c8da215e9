import type { Pool } from 'pg';
import { variantOf } from '@/lib/experiments/assign';
import { type Change, type Trial, type VariantId, variantIds } from '@/lib/experiments/schema';
import { countTasks } from './count-tasks';
import { type ExperimentRow, variantOfRow, variantsOf } from './store';

/** A task that may take part: an attempt of a step, or of an agent in it. */
export type AskedTask = {
  workspaceId: string;
  runId: string;
  stepId: string;
  /** What all attempts and replays of it share. */
  key: string;
  attempt: number;
  /** Somebody gave the step other settings for this run: those stand. */
  changed?: boolean;
  /** A step of a workflow, or an agent; `ownModel`: the step names the model, whatever the agent’s is. */
  of: { stepId: string } | { agentId: string; ownModel: boolean };
};

export type Joined = { trial: Trial; change: Change };

type Found = ExperimentRow & { began: Date };

/**
 * The variant that a task has in an experiment; undefined where it takes part in none. The first attempt decides, and it
 * is kept: later attempts and replays find the same, whatever became of the experiment. Only live runs of a version, and
 * agents’ tasks in live runs, take part, from the start of the run on.
 */
export async function joinExperiment(pool: Pool, task: AskedTask): Promise<Joined | undefined> {
  if (!(await hasAny(pool, task.workspaceId))) return undefined;
  const kept = await readKept(pool, task);
  if (kept !== undefined) return joinedOf(kept, kept.variant);
  // An attempt before this one went without.
  if (task.attempt > 1) return undefined;
  const first = await readReplayed(pool, task);
  if (first !== undefined) return joinedOf(first, await keepReplay(pool, task, first));
  if (task.changed) return undefined;
  const found = await findFor(pool, task);
  if (found === undefined) return undefined;
  const keepsModel = 'agentId' in task.of && task.of.ownModel;
  if (keepsModel && variantsOf(found).some(({ change }) => change.model !== undefined)) {
    return undefined;
  }
  if ((await countTasks(pool, found.id)) !== undefined) return undefined;
  const variant = variantOf(found.id, task.key, found.share_b);
  // The experiment may end at this moment: its row says whether that was before.
  await pool.query(
    `insert into experiment_task (key, experiment_id, variant, run_id, step_id)
     select $1, e.id, $3, $4, $5 from experiment e where e.id = $2 and e.deleted_at is null
       and (e.state = 'running' or (e.state = 'ended' and $6::timestamptz < e.ended_at)) for share
     on conflict do nothing`,
    [task.key, found.id, variant, task.runId, task.stepId, found.began],
  );
  const now = await readKept(pool, task);
  return now === undefined ? undefined : joinedOf(now, now.variant);
}

/** Most workspaces have none, and all their steps ask. */
async function hasAny(pool: Pool, workspaceId: string): Promise<boolean> {
  const { rowCount } = await pool.query('select from experiment where workspace_id = $1 limit 1', [
    workspaceId,
  ]);
  return rowCount === 1;
}

function joinedOf(row: ExperimentRow, given: string): Joined | undefined {
  const variant = variantIds.find((each): each is VariantId => each === given);
  if (variant === undefined) return undefined;
  const { name: variantName, change } = variantOfRow(row, variant);
  return { trial: { id: row.id, name: row.name, variant, variantName }, change };
}

async function readKept(
  pool: Pool,
  { workspaceId, key }: AskedTask,
): Promise<(ExperimentRow & { variant: string }) | undefined> {
  const { rows } = await pool.query<ExperimentRow & { variant: string }>(
    `select e.*, t.variant from experiment_task t join experiment e on e.id = t.experiment_id
     where t.key = $1 and e.workspace_id = $2`,
    [key, workspaceId],
  );
  return rows[0];
}

/** The same task in the nearest run that this one replays, if it took part there. */
async function readReplayed(
  pool: Pool,
  { workspaceId, runId, key }: AskedTask,
): Promise<(ExperimentRow & { variant: string }) | undefined> {
  const { rows } = await pool.query<ExperimentRow & { variant: string }>(
    `with recursive line as (
       select forked_from as id, 1 as back from run where id = $1 and workspace_id = $2
       union all
       select r.forked_from, line.back + 1 from line join run r on r.id = line.id where line.back < 100
     )
     select e.*, t.variant from line join experiment_task t on t.key = line.id || $3
       join experiment e on e.id = t.experiment_id and e.workspace_id = $2
     order by line.back limit 1`,
    [runId, workspaceId, key.slice(key.indexOf('/'))],
  );
  return rows[0];
}

/** A replay has the variant of its first run, and is not counted again; with other settings it has none. */
async function keepReplay(
  pool: Pool,
  { key, runId, stepId, changed = false }: AskedTask,
  first: ExperimentRow & { variant: string },
): Promise<string> {
  const variant = changed ? none : first.variant;
  await pool.query(
    `insert into experiment_task (key, experiment_id, variant, run_id, step_id, counted_at, left_out)
     values ($1, $2, $3, $4, $5, now(), true) on conflict do nothing`,
    [key, first.id, variant, runId, stepId],
  );
  return variant;
}

/** In the place of a variant: this task has none, and neither do its replays. */
const none = '-';

/**
 * The experiment that a task takes part in: one that runs, or that a person ended while this run was under way already.
 * Neither a replay, whose first run decided, nor a test of one step, nor what a plan of a model runs, takes part anew.
 */
async function findFor(
  pool: Pool,
  { workspaceId, runId, of }: AskedTask,
): Promise<Found | undefined> {
  const [stepId, agentId] = 'stepId' in of ? [of.stepId, null] : [null, of.agentId];
  const { rows } = await pool.query<Found>(
    `select e.*, top.created_at as began from run r
     join run top on top.id = coalesce(r.root_run_id, r.id)
     left join run above on above.id = r.parent_run_id
     join experiment e on e.workspace_id = r.workspace_id and e.deleted_at is null
       and e.started_at <= top.created_at and (e.state = 'running' or (e.state = 'ended' and top.created_at < e.ended_at))
     where r.id = $1 and r.workspace_id = $2 and r.mode = 'live' and r.draft_at is null and top.draft_at is null
       and r.only_step is null and top.only_step is null and top.forked_from is null
       and case when $3::text is null then e.agent_id = $4::uuid
         else e.workflow_id = r.workflow_id and e.step_id = $3 and r.version_number is not null
           and (above.id is null or r.inherits or above.workflow_id is distinct from r.workflow_id) end
     order by e.started_at desc limit 1`,
    [runId, workspaceId, stepId, agentId],
  );
  return rows[0];
}
