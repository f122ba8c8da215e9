import type { InputOf, ResultOf } from '@/lib/api/define-route';
import { blameOf } from '@/lib/history/blame';
import { burstsOf } from '@/lib/history/bursts';
import type { getBlame as contract } from '@/lib/history/contract';
import type { Actor } from '@/lib/people/schema';
import type { Authorship } from '@/lib/workflows/changes/authored-update';
import { partsOfSource } from '@/lib/workflows/changes/source';
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
    source: 'person',
    at: creation.createdAt.getTime(),
  };
  const last = [...fields.values(), first];
  const person = await peopleOf(
    services,
    last.map((one) => one.userId),
  );
  const toView = ({ userId, source, at }: Authorship) => ({
    at: new Date(at).toISOString(),
    by: person(userId),
    origin: partsOfSource(source).kind,
  });
  return {
    fields: Object.fromEntries([...fields].map(([field, change]) => [field, toView(change)])),
    created: toView(first),
  };
}
