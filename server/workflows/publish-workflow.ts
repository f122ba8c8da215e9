import type { InputOf, ResultOf } from '@/lib/api/define-route';
import { AppError } from '@/lib/api/errors';
import type { Actor } from '@/lib/people/schema';
import type { publishWorkflow as contract } from '@/lib/workflows/contract';
import { canonicalDefinition } from '@/lib/workflows/definition/canonical';
import type { Definition } from '@/lib/workflows/schema';
import { transaction } from '@/server/db/transaction';
import { insertAudit } from '@/server/people/insert-audit';
import type { Services } from '@/server/services';
import { definitionHash } from './definition-hash';
import { freezeDraft } from './freeze-draft';
import { noWorkflow } from './require-workflow';
import { insertVersion, lockWorkflow } from './store';

/**
 * Freezes the draft as the next version, which runs use from now on. A draft that means the same as the live version
 * gives that version again. Throws `has_problems` with the problems, `conflict` when the draft does not reach the
 * given state vector in time, `too_large` for more steps than the instance runs, `not_found`.
 */
export async function publishWorkflow(
  services: Services,
  actor: Actor,
  { params, body }: InputOf<typeof contract>,
): Promise<ResultOf<typeof contract>> {
  const frozen = await freezeDraft(services, actor, params.id, body?.stateVector);
  const { definition, problems, version } = frozen;
  // Whoever publishes answers for the connections, and what is live would fail from now on.
  const foreign = problems.find(({ code }) => code === 'connection_people');
  if (foreign !== undefined && version === null) {
    throw new AppError('has_problems', foreign.message, { problems });
  }
  return {
    version: await publishDefinition(services, actor, params.id, definition, body?.note ?? ''),
  };
}

/** Makes a checked definition the live version of a workflow, and gives its number. */
export async function publishDefinition(
  { pool, bus }: Pick<Services, 'pool' | 'bus'>,
  actor: Pick<Actor, 'workspaceId' | 'userId'>,
  id: string,
  definition: Definition,
  note: string,
): Promise<number> {
  const hash = definitionHash(definition);
  const version = await transaction(pool, async (client) => {
    const locked = await lockWorkflow(client, actor.workspaceId, id);
    if (!locked) throw noWorkflow();
    if (locked.liveVersion !== null && locked.liveHash === hash) return locked.liveVersion;
    const number = locked.lastVersion + 1;
    const frozen = canonicalDefinition(definition);
    await insertVersion(client, id, {
      number,
      definition: frozen,
      hash,
      note,
      publishedBy: actor.userId,
    });
    await insertAudit(
      client,
      actor,
      'workflow.published',
      { type: 'workflow', id: id },
      { version: number, hash },
    );
    return number;
  });
  bus.publish(`workspace:${actor.workspaceId}`, { kind: 'workflow', id });
  return version;
}
