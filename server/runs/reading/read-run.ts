import type { InputOf, ResultOf } from '@/lib/api/define-route';
import type { Actor } from '@/lib/people/schema';
import type { getRun as contract } from '@/lib/runs/contract';
import type { RunState } from '@/lib/runs/schema';
import { viewRun } from '@/lib/runs/view/view';
import { readRun as readStored } from '@/server/runs/journal/store';
import type { Services } from '@/server/services';
import { findRun } from './find-run';

/** A run with its steps. Throws `not_found`. */
export async function readRun(
  services: Pick<Services, 'pool'>,
  actor: Actor,
  { params }: InputOf<typeof contract>,
): Promise<ResultOf<typeof contract>> {
  const [facts, state] = await Promise.all([
    findRun(services, actor, params.id),
    readRunState(services, actor, params.id),
  ]);
  const { error: _error, ...rest } = facts;
  return viewRun(rest, state);
}

/** The replayed state of a run of the actor's workspace, as browsers go on from it. Throws `not_found`. */
export async function readRunState(
  services: Pick<Services, 'pool'>,
  actor: Pick<Actor, 'workspaceId'>,
  id: string,
): Promise<RunState> {
  const run = await readStored(services.pool, id);
  if (run?.workspaceId === actor.workspaceId) return run.state;
  await findRun(services, actor, id);
  throw new Error(`Run ${id} vanished while it was read.`);
}
