import type { InputOf, ResultOf } from '@/lib/api/define-route';
import { burstsOf } from '@/lib/history/bursts';
import type { getAhead as contract } from '@/lib/history/contract';
import type { Actor } from '@/lib/people/schema';
import type { Services } from '@/server/services';
import { requireWorkflow } from '../require-workflow';
import { peopleOf } from './people';
import { burstsSince, creationOf, findVersion } from './store';

/** The live version, and who changed what since: what publishing would bring, and whose. Throws `not_found`. */
export async function getAhead(
  services: Services,
  actor: Actor,
  { params }: InputOf<typeof contract>,
): Promise<ResultOf<typeof contract>> {
  const { pool, drafts } = services;
  const { id, liveVersion } = await requireWorkflow(services, actor, params.id);
  const live = liveVersion === null ? undefined : await findVersion(pool, id, liveVersion);
  const { changes } = await drafts.replay(id);
  const stored = await burstsSince(pool, id, live?.publishedAt);
  const since = live?.publishedAt.getTime() ?? 0;
  const authors = new Map<string, Set<string>>();
  for (const { userId, changedAt } of [...stored, ...burstsOf(changes)]) {
    if (userId === null) continue;
    for (const [element, fields] of Object.entries(changedAt)) {
      if (!Object.values(fields).some((at) => at > since)) continue;
      authors.set(element, (authors.get(element) ?? new Set()).add(userId));
    }
  }
  const { createdBy } = await creationOf(pool, id);
  const ids = new Set([...authors.values()].flatMap((each) => [...each]));
  const creator = live || createdBy === null ? [] : [createdBy];
  const person = await peopleOf(services, [...ids, ...creator]);
  return {
    live: live
      ? {
          number: live.number,
          publishedAt: live.publishedAt.toISOString(),
          definition: live.definition,
        }
      : null,
    people: [...new Set([...ids, ...creator])].flatMap((each) => person(each) ?? []),
    touchedBy: Object.fromEntries([...authors].map(([element, each]) => [element, [...each]])),
  };
}
