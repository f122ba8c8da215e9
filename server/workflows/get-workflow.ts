import type { InputOf, ResultOf } from '@/lib/api/define-route';
import type { Actor } from '@/lib/people/schema';
import type { getWorkflow as contract } from '@/lib/workflows/contract';
import type { Services } from '@/server/services';
import { requireWorkflow } from './require-workflow';
import { viewWorkflow } from './view-workflow';

/** A workflow with its draft as it stands. Throws `not_found`. */
export async function getWorkflow(
  services: Services,
  actor: Actor,
  { params }: InputOf<typeof contract>,
): Promise<ResultOf<typeof contract>> {
  const row = await requireWorkflow(services, actor, params.id);
  return viewWorkflow(services, actor, row, await services.drafts.readNumbered(row.id));
}
