import type { InputOf, ResultOf } from '@/lib/api/define-route';
import type { Actor } from '@/lib/people/schema';
import type { listRunEvents as contract } from '@/lib/runs/contract';
import type { RunEvent } from '@/lib/runs/schema';
import { readEvents } from '@/server/runs/journal/store';
import type { Services } from '@/server/services';
import { findRun } from './find-run';

/** Events of a run after a number, in order. Throws `not_found`. */
export async function listEvents(
  services: Pick<Services, 'pool'>,
  actor: Actor,
  { params, query }: InputOf<typeof contract>,
): Promise<ResultOf<typeof contract>> {
  await findRun(services, actor, params.id);
  const events = await readEvents(services.pool, params.id, query.after, query.limit + 1);
  return { items: events.slice(0, query.limit), more: events.length > query.limit };
}

/** All events after a number, for those who follow the run. Throws `not_found`. */
export async function eventsAfter(
  services: Pick<Services, 'pool'>,
  actor: Pick<Actor, 'workspaceId'>,
  runId: string,
  after: number,
): Promise<RunEvent[]> {
  await findRun(services, actor, runId);
  return readEvents(services.pool, runId, after, 100_000);
}
