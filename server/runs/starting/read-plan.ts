import { AppError } from '@/lib/api/errors';
import { catalogue } from '@/lib/nodes/catalogue';
import { can } from '@/lib/people/can';
import type { Actor } from '@/lib/people/schema';
import type { Plan } from '@/lib/runs/schema';
import { compile } from '@/lib/workflows/compile';
import { definitionSchema } from '@/lib/workflows/schema';
import type { NewRun } from '@/server/runs/journal/store';
import type { Services } from '@/server/services';
import { freezeDraft } from '@/server/workflows/freeze-draft';
import { readVersion } from './read-version';

/** What of a workflow is to run: a version by its number, the live one where none is named, or the draft. */
export type Which = { version?: number | 'live' | 'draft'; stateVector?: string };

/** What a run of it begins with. */
export type Frozen = Pick<NewRun, 'versionNumber' | 'draftAt' | 'definitionHash' | 'name'> & {
  plan: Plan;
};

/**
 * A version of a workflow, or its draft as it is now, compiled. The draft is for those who may edit it, and is refused
 * as publishing refuses it; one that means the same as the live version is that version. Throws `not_found`, `conflict`
 * when nothing is published, and for the draft `forbidden`, `has_problems`, `conflict` and `too_large`.
 */
export async function readPlan(
  services: Pick<Services, 'pool' | 'engine' | 'drafts' | 'computation'>,
  actor: Pick<Actor, 'workspaceId' | 'userId' | 'role'>,
  workflowId: string,
  { version, stateVector }: Which,
): Promise<Frozen> {
  if (version !== 'draft') {
    const number = version === 'live' ? undefined : version;
    const found = await readVersion(services.pool, actor.workspaceId, workflowId, number);
    return {
      plan: compile(definitionSchema.parse(found.definition), catalogue),
      versionNumber: found.number,
      definitionHash: found.hash,
      name: found.name,
    };
  }
  if (!can(actor.role, 'workflows.edit')) {
    throw new AppError('forbidden', 'Only those who may edit a workflow can run its draft.');
  }
  const frozen = await freezeDraft(services, actor, workflowId, stateVector);
  const { name, plan, hash: definitionHash } = frozen;
  if (frozen.version !== null) return { name, plan, definitionHash, versionNumber: frozen.version };
  await services.engine.clock.ready();
  return { name, plan, definitionHash, draftAt: services.engine.clock.now() };
}
