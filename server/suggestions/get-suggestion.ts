import type { InputOf, ResultOf } from '@/lib/api/define-route';
import type { Actor } from '@/lib/people/schema';
import type { getSuggestion as contract } from '@/lib/suggestions/contract';
import type { Services } from '@/server/services';
import { requireWorkflow } from '@/server/workflows/require-workflow';
import { requireSuggestion } from './find-suggestion';
import { toView } from './store';
import { dropOverTurns } from './turns/end-turn';

/** A suggestion with all of it. Throws `not_found`, also for somebody else's that was not submitted. */
export async function getSuggestion(
  services: Services,
  actor: Actor,
  { params }: InputOf<typeof contract>,
): Promise<ResultOf<typeof contract>> {
  const { id } = await requireWorkflow(services, actor, params.id);
  await dropOverTurns(services, id);
  return toView(await requireSuggestion(services.pool, actor, id, params.suggestionId));
}
