import type { InputOf, ResultOf } from '@/lib/api/define-route';
import type { Actor } from '@/lib/people/schema';
import type { addFavourite as addContract } from '@/lib/workflows/organise/contract';
import type { Services } from '@/server/services';
import { requireWorkflow } from '../require-workflow';
import { deleteFavourite, insertFavourite } from './store';

type Needs = Pick<Services, 'pool'>;
type Input = InputOf<typeof addContract>;
type Result = ResultOf<typeof addContract>;

/** Makes a workflow a favourite of this person. Doing it twice changes nothing. Throws `not_found`. */
export async function addFavourite(
  services: Needs,
  actor: Actor,
  { params: { id } }: Input,
): Promise<Result> {
  const there = await insertFavourite(services.pool, actor.workspaceId, id, actor.userId);
  if (!there) await requireWorkflow(services, actor, id);
  return { id, favourite: true };
}

/** The opposite of {@link addFavourite}. */
export async function removeFavourite(
  services: Needs,
  actor: Actor,
  { params: { id } }: Input,
): Promise<Result> {
  const there = await deleteFavourite(services.pool, actor.workspaceId, id, actor.userId);
  if (!there) await requireWorkflow(services, actor, id);
  return { id, favourite: false };
}
