import type { Pool } from 'pg';
import type { Taint } from '@/lib/tools/policy';
import { planTaint, readsStores } from '@/lib/tools/step-taint';
import { at } from '@/lib/values/unknown';
import { tablesHoldOutside } from '@/server/data-tables/holds-outside';
import { memoryHoldsOutside } from '@/server/memory/holds-outside';
import { mailOfRun } from '@/server/messages/mail-of-run';
import type { CallerPlace } from '../place';
import { familyOf } from './family';

type Step = Pick<CallerPlace, 'runId' | 'stepId' | 'taint'>;

/** What a step has seen: by its own calls, and from whatever came before it. */
export async function taintFor(pool: Pool, step: Step): Promise<Taint> {
  const [own, before] = await Promise.all([ownTaint(pool, step), taintBefore(pool, step)]);
  return { outside: own.outside || before.outside, private: own.private || before.private };
}

async function ownTaint(pool: Pool, { runId, stepId }: Step): Promise<Taint> {
  const { rows } = await pool.query<Taint>(
    `select coalesce(bool_or(outside), false) as outside, coalesce(bool_or(private), false) as private
     from tool_call where run_id = $1 and step_id = $2`,
    [runId, stepId],
  );
  return rows[0] ?? { outside: false, private: false };
}

/**
 * What may have reached a step before its own first call: other steps of its runs, runs above, below and before it, what
 * began it, the descriptions of tools that strangers wrote, and rows and entries that were written after reading such.
 */
export async function taintBefore(pool: Pool, { runId, stepId, taint }: Step): Promise<Taint> {
  const { calls, began, plans, workspaceId } = await read(pool, runId, stepId);
  const beside = plans.filter(({ own }) => !own).map(({ plan }) => planTaint(plan));
  const sender = (await mailOfRun(pool, runId))?.sender;
  const carried = sender?.kind === 'run' ? sender : undefined;
  const outside =
    [calls, taint, ...beside].some((one) => one.outside) || began || carried?.outside === true;
  const reads = readsStores(plans.map((one) => one.plan));
  return {
    outside:
      outside ||
      (reads.memory && (await memoryHoldsOutside(pool, workspaceId))) ||
      (reads.tables && (await tablesHoldOutside(pool, workspaceId))),
    private: [calls, taint, ...beside].some((one) => one.private) || carried?.private === true,
  };
}

type Found = {
  workspaceId: string;
  calls: Taint;
  /** By a stranger, or with tools that a stranger described. */
  began: boolean;
  plans: { own: boolean; plan: unknown }[];
};

async function read(pool: Pool, runId: string, stepId: string): Promise<Found> {
  const { rows } = await pool.query<Found>(
    `${familyOf}, seen as (
       select coalesce(bool_or(c.outside), false) as outside, coalesce(bool_or(c.private), false) as private
       from tree join tool_call c on c.run_id = tree.id where not (c.run_id = $1 and c.step_id = $2)
     )
     select (select workspace_id from run where id = $1) as "workspaceId",
       (select jsonb_build_object('outside', outside, 'private', private) from seen) as calls,
       exists (select from line join run r on r.id = line.id left join thread t on t.id = r.thread_id
         where r.trigger in ('webhook', 'form', 'mail') or t.visitor_hash is not null)
       or exists (select from tree join agent_turn o on o.run_id = tree.id and o.turn = 0,
         jsonb_array_elements(o.data::jsonb -> 'grants') given
         where given ->> 'name' like 'mcp\\_%' or given ->> 'ref' like 'mcp:%'
           or given ->> 'ref' like 'service:%' and given ->> 'ref' not like 'service:ready:%') as began,
       (select coalesce(json_agg(json_build_object('own', one.own, 'plan', r.definition)), '[]') from (
          select (array_agg(x.id))[1] as id, x.id = $1 as own from tree join run x on x.id = tree.id
          where not tree.called or x.id = $1 group by x.definition_hash, x.id = $1) one
        join run r on r.id = one.id) as plans`,
    [runId, stepId],
  );
  const [found] = rows;
  if (found === undefined) throw new Error('a run that is not there');
  return found;
}

/** What the runs have seen that a call was, and those below them. */
export async function taintOfRound(
  pool: Pool,
  { runId, stepId, round }: { runId: string; stepId: string; round: number },
  output: unknown,
): Promise<Taint> {
  const { rows } = await pool.query<Taint>(
    `with recursive down as (
       select id from run where parent_run_id = $1 and parent_step_id = $2 and parent_round = $3
       union all select r.id from down join run r on r.parent_run_id = down.id
     )
     select coalesce(bool_or(c.outside), false) as outside, coalesce(bool_or(c.private), false) as private
     from down join tool_call c on c.run_id = down.id`,
    [runId, stepId, round],
  );
  const { outside = false, private: hidden = false } = rows[0] ?? {};
  return { outside: outside || at(output, 'outside') === true, private: hidden };
}
