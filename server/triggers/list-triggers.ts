import type { InputOf, ResultOf } from '@/lib/api/define-route';
import type { Actor } from '@/lib/people/schema';
import type {
  listDeliveries as deliveriesContract,
  listTriggers as listContract,
} from '@/lib/triggers/contract';
import type { Services } from '@/server/services';
import { requireWorkflow } from '@/server/workflows/require-workflow';
import { deliveriesOf, triggersOf } from './store';
import { problemsOf } from './trigger-problems';
import { requireTrigger, viewDelivery, viewTrigger } from './view';

/** Triggers of a workflow. Throws `not_found`. */
export async function listTriggers(
  services: Services,
  actor: Actor,
  { params }: InputOf<typeof listContract>,
): Promise<ResultOf<typeof listContract>> {
  const { id } = await requireWorkflow(services, actor, params.id);
  const rows = await triggersOf(services.pool, actor.workspaceId, id);
  const problems = await problemsOf(services, rows);
  return { items: rows.map((row, index) => viewTrigger(services, row, problems[index] ?? [])) };
}

/** What came of a trigger's last times or requests. Throws `not_found`. */
export async function listDeliveries(
  services: Services,
  actor: Actor,
  { params }: InputOf<typeof deliveriesContract>,
): Promise<ResultOf<typeof deliveriesContract>> {
  const { id } = await requireTrigger(services, actor, params.id);
  return { items: (await deliveriesOf(services.pool, id)).map(viewDelivery) };
}
