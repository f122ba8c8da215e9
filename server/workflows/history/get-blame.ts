import type { InputOf, ResultOf } from '@/lib/api/define-route';
import { blameOf, type Touch } from '@/lib/history/blame';
import { burstsOf } from '@/lib/history/bursts';
import type { getBlame as contract } from '@/lib/history/contract';
import type { Actor } from '@/lib/people/schema';
import { partsOfOrigin } from '@/lib/workflows/changes/source';
import type { Services } from '@/server/services';
import { requireWorkflow } from '../require-workflow';
import { peopleOf } from './people';
import { burstsOfElement, creationOf } from './store';

/** Who last changed each field of a step. Throws `not_found`. */
export async function getBlame(
  services: Services,
  actor: Actor,
  { params }: InputOf<typeof contract>,
): Promise<ResultOf<typeof contract>> {
  const { id } = await requireWorkflow(services, actor, params.id);
  const element = `nodes/${params.nodeId}`;
  // Read before the rows: what is folded in between is there twice, and counts once.
  const { changes } = await services.drafts.replay(id);
  const [stored, creation] = await Promise.all([
    burstsOfElement(services.pool, id, element),
    creationOf(services.pool, id),
  ]);
  const { fields, created } = blameOf([...stored, ...burstsOf(changes)], element);
  const first = created ?? {
    userId: creation.createdBy,
    origin: 'person',
    at: creation.createdAt.getTime(),
  };
  const touches = [...fields.values(), first];
  const person = await peopleOf(
    services,
    touches.map((touch) => touch.userId),
  );
  const toView = ({ userId, origin, at }: Touch) => ({
    at: new Date(at).toISOString(),
    by: person(userId),
    origin: partsOfOrigin(origin).door,
  });
  return {
    fields: Object.fromEntries([...fields].map(([field, touch]) => [field, toView(touch)])),
    created: toView(first),
  };
}
