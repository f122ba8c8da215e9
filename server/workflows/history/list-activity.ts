import type { InputOf, ResultOf } from '@/lib/api/define-route';
import { AppError } from '@/lib/api/errors';
import type { listActivity as contract } from '@/lib/history/contract';
import type { Actor } from '@/lib/people/schema';
import type { Services } from '@/server/services';
import { requireWorkflow } from '../require-workflow';
import { peopleOf } from './people';
import { activityBefore } from './store';

/** What was done to a workflow as a whole, newest first. Throws `not_found`. */
export async function listActivity(
  services: Services,
  actor: Actor,
  { params, query }: InputOf<typeof contract>,
): Promise<ResultOf<typeof contract>> {
  const { id } = await requireWorkflow(services, actor, params.id);
  if (query.cursor !== undefined && !/^\d{1,18}$/.test(query.cursor)) {
    throw new AppError('invalid_input', 'cursor: use the nextCursor of the page before.');
  }
  const limit = query.limit + 1;
  const rows = await activityBefore(services.pool, actor.workspaceId, id, limit, query.cursor);
  const page = rows.slice(0, query.limit);
  const person = await peopleOf(
    services,
    page.map((row) => row.actorId),
  );
  const last = rows.length > query.limit ? page.at(-1) : undefined;
  return {
    items: page.map((row) => ({
      id: String(row.id),
      at: row.at.toISOString(),
      by: person(row.actorId),
      action: row.action,
      detail: row.detail,
    })),
    ...(last ? { nextCursor: String(last.id) } : {}),
  };
}
