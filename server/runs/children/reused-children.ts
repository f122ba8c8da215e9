import { isDeepStrictEqual } from 'node:util';
import type { Pool } from 'pg';
import { refsIn } from '@/lib/runs/blobs';
import { earlierOf, reusableSteps } from '@/lib/runs/engine/plan-parts';
import type { Plan, ReusedResults } from '@/lib/runs/schema';
import type { Siblings } from '@/server/runs/journal/begin-children';
import { roundsPerTry, shownRound } from '@/server/runs/journal/child-rows';
import { readRuns, type StoredRun } from '@/server/runs/journal/store';
import { asksAnew } from '@/server/runs/starting/asking-steps';
import type { Parent } from './reconcile';

type Child = { id: string; index: number; input: unknown; reuse?: ReusedResults };

/**
 * Children with what they reuse from those that were begun for the same item or round before: by an attempt of the
 * step that failed, or by the run that this one tries again. Items that ended well are not done twice, and what the
 * others change outside goes by the key that it had. The item must be the same, and a plan that a model wrote too.
 */
export async function withEarlier(
  pool: Pool,
  parent: Parent,
  { plan, parentLink }: Pick<Siblings, 'plan' | 'parentLink'>,
  children: readonly Child[],
): Promise<readonly Child[]> {
  const found = await findEarlier(pool, parent, children);
  if (found.length === 0) return children;
  const ids = found.map(({ id }) => id);
  const runs = await readRuns(pool, ids);
  const earlier = new Map(found.map((one) => [one.index, { ...one, run: runs.get(one.id) }]));
  const made = children.map((child) => {
    const { id, run, own = false } = earlier.get(child.index) ?? {};
    if (id === undefined || run === undefined) return child;
    const same = isDeepStrictEqual(
      run.state.input,
      JSON.parse(JSON.stringify(child.input ?? null)),
    );
    const planned = parent.children.of.kind !== 'plan' || isDeepStrictEqual(run.state.plan, plan);
    return same && planned ? { ...child, reuse: reusedOf(id, run, plan, own) } : child;
  });
  const roots = [...runs.values()].flatMap(({ parentLink: old }) => (old ? [old.rootId] : []));
  await copyBlobs(pool, parentLink.rootId, roots, made);
  return made;
}

/**
 * What an item can reuse of its earlier run. When a person retries: every step that succeeded. When the step retries by
 * its policy (`own`): all or nothing, by whether the run succeeded. Side effects keep the keys that they had.
 */
function reusedOf(id: string, { state }: StoredRun, plan: Plan, own: boolean): ReusedResults {
  const whole = !own || state.status === 'succeeded';
  return {
    from: id,
    steps: whole ? reusableSteps(state, plan, asksAnew(state.plan, plan)) : {},
    earlier: earlierOf({ id, state }, plan, [], { again: !whole }),
  };
}

type Found = { index: number; id: string; own: boolean };

/** The newest child of each item that was begun before these. */
async function findEarlier(
  pool: Pool,
  { runId, run, stepId, round }: Parent,
  children: readonly Child[],
): Promise<Found[]> {
  const runs = run.state.earlier?.[stepId] ?? [];
  if (children.length === 0 || (round < roundsPerTry && runs.length === 0)) return [];
  const { rows } = await pool.query<Found>(
    `select distinct on (c.parent_index) c.parent_index as index, c.id, p.id = $1 as own
     from unnest($2::uuid[]) with ordinality as p(id, place) join run c on c.parent_run_id = p.id
     where c.parent_step_id = $3 and c.parent_round % $4 = $5 and (p.id <> $1 or c.parent_round < $6)
       and c.parent_index = any($7::int[])
     order by c.parent_index, p.place, c.parent_round desc`,
    [
      runId,
      [runId, ...runs],
      stepId,
      roundsPerTry,
      shownRound(round),
      round,
      children.map(({ index }) => index),
    ],
  );
  return rows;
}

/** Large values are kept for a run and all below it: those of another one that are reused are copied. */
async function copyBlobs(
  pool: Pool,
  rootId: string,
  from: readonly string[],
  children: readonly Child[],
): Promise<void> {
  const others = [...new Set(from)].filter((id) => id !== rootId);
  const hashes = refsIn(children.map(({ reuse }) => reuse?.steps)).map(({ $blob }) => $blob.hash);
  if (others.length === 0 || hashes.length === 0) return;
  await pool.query(
    `with recursive wanted as (
       select unnest($3::text[]) as hash
       union select unnest(b.holds) from wanted w join run_blob b on b.root_run_id = any($2::uuid[]) and b.hash = w.hash
     )
     insert into run_blob (root_run_id, hash, data, holds)
     select distinct on (b.hash) $1::uuid, b.hash, b.data, b.holds
     from wanted w join run_blob b on b.root_run_id = any($2::uuid[]) and b.hash = w.hash on conflict do nothing`,
    [rootId, others, hashes],
  );
}
