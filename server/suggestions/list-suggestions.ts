import { readCursor, writeCursor } from '@/lib/api/cursor';
import type { InputOf, ResultOf } from '@/lib/api/define-route';
import type { Actor } from '@/lib/people/schema';
import type { listSuggestions as contract } from '@/lib/suggestions/contract';
import type { Services } from '@/server/services';
import { requireWorkflow } from '@/server/workflows/require-workflow';
import { suggestionsBefore, toSuggestion } from './store';
import { dropOverTurns } from './turns/end-turn';

/** Suggestions for a workflow, new to old; of drafts only the actor's own. Throws `not_found`. */
export async function listSuggestions(
  services: Services,
  actor: Actor,
  { params, query }: InputOf<typeof contract>,
): Promise<ResultOf<typeof contract>> {
  const { id } = await requireWorkflow(services, actor, params.id);
  await dropOverTurns(services, id);
  const { limit, status } = query;
  const rows = await suggestionsBefore(services.pool, id, {
    userId: actor.userId,
    limit,
    ...(status ? { status } : {}),
    before: readCursor(query.cursor),
  });
  const items = rows.slice(0, limit).map(toSuggestion);
  const last = rows.length > limit ? items.at(-1) : undefined;
  return {
    items,
    ...(last ? { nextCursor: writeCursor({ at: last.createdAt, id: last.id }) } : {}),
  };
}
