import type { InputOf, ResultOf } from '@/lib/api/define-route';
import type { getTable as contract } from '@/lib/data-tables/contract';
import type { Actor } from '@/lib/people/schema';
import type { Services } from '@/server/services';
import { requireTable, viewTable } from './view';

/** Throws `not_found`. */
export async function getTable(
  services: Pick<Services, 'pool'>,
  actor: Actor,
  { params }: InputOf<typeof contract>,
): Promise<ResultOf<typeof contract>> {
  return viewTable(await requireTable(services, actor, params.id));
}
