import type { InputOf, ResultOf } from '@/lib/api/define-route';
import type { beginRestore as contract } from '@/lib/history/contract';
import type { Actor } from '@/lib/people/schema';
import { transaction } from '@/server/db/transaction';
import { insertAudit } from '@/server/people/insert-audit';
import type { Services } from '@/server/services';
import { requireWorkflow } from '../require-workflow';
import { noVersion } from './get-version';
import { keepRevision } from './keep-revision';
import { noRevision, readFor } from './revisions';
import { findRevision, findVersion } from './store';

/**
 * Keeps the draft as it stands, notes who restores what, and gives what is to be restored: the edit itself is made
 * by the person's own copy, so that role, locks and undo hold as for any other. Throws `not_found`, `conflict`.
 */
export async function beginRestore(
  services: Services,
  actor: Actor,
  { params, body }: InputOf<typeof contract>,
): Promise<ResultOf<typeof contract>> {
  const { id } = await requireWorkflow(services, actor, params.id);
  const { from } = body;
  const wanted =
    'version' in from
      ? await findVersion(services.pool, id, from.version)
      : await findRevision(services.pool, id, from.revisionId);
  if (!wanted) throw 'version' in from ? noVersion() : noRevision();
  const { seq, definition } = await readFor(services, id, body.stateVector);
  await transaction(services.pool, async (client) => {
    const kind = 'automatic' as const;
    await keepRevision(client, id, { seq, kind, name: '', definition, createdBy: null });
    await insertAudit(
      client,
      actor,
      'workflow.restored',
      { type: 'workflow', id: id },
      { ...from },
    );
  });
  return { definition: wanted.definition };
}
