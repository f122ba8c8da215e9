import type { InputOf, ResultOf } from '@/lib/api/define-route';
import { AppError } from '@/lib/api/errors';
import type * as contracts from '@/lib/history/contract';
import { catalogue } from '@/lib/nodes/catalogue';
import type { Actor } from '@/lib/people/schema';
import { readDraft } from '@/lib/workflows/draft/draft';
import type { Definition } from '@/lib/workflows/schema';
import { transaction } from '@/server/db/transaction';
import { insertAudit } from '@/server/people/insert-audit';
import type { Services } from '@/server/services';
import { requireWorkflow } from '../require-workflow';
import { keepRevision } from './keep-revision';
import { deleteNamed, findRevision, setRevisionName } from './store';

/** The draft as it stood at a revision. Throws `not_found`. */
export async function getRevision(
  services: Services,
  actor: Actor,
  { params }: InputOf<typeof contracts.getRevision>,
): Promise<ResultOf<typeof contracts.getRevision>> {
  const { id } = await requireWorkflow(services, actor, params.id);
  const found = await findRevision(services.pool, id, params.revisionId);
  if (!found) throw noRevision();
  const { name, createdAt, definition } = found;
  return { id: found.id, name, at: createdAt.toISOString(), definition };
}

/** Keeps the draft as the person sees it, under a name. Throws `not_found`, `conflict`. */
export async function nameRevision(
  services: Services,
  actor: Actor,
  { params, body }: InputOf<typeof contracts.nameRevision>,
): Promise<ResultOf<typeof contracts.nameRevision>> {
  const { id } = await requireWorkflow(services, actor, params.id);
  const { seq, definition } = await readFor(services, id, body.stateVector);
  const { name } = body;
  const made = await transaction(services.pool, async (client) => {
    const kind = 'named' as const;
    const revision = { seq, kind, name, definition, createdBy: actor.userId };
    const revisionId = await keepRevision(client, id, revision);
    if (revisionId === undefined) throw new Error('a named revision was not kept');
    await insertAudit(
      client,
      actor,
      'workflow.revision_named',
      { type: 'workflow', id: id },
      { revision: revisionId, name },
    );
    return revisionId;
  });
  const found = await findRevision(services.pool, id, made);
  if (!found) throw noRevision();
  tell(services, actor, id);
  return { id: made, name, at: found.createdAt.toISOString() };
}

/** Names a revision, which keeps it for good. Throws `not_found`. */
export async function renameRevision(
  services: Services,
  actor: Actor,
  { params, body }: InputOf<typeof contracts.renameRevision>,
): Promise<ResultOf<typeof contracts.renameRevision>> {
  const { id } = await requireWorkflow(services, actor, params.id);
  const { revisionId: revision } = params;
  const { name } = body;
  const named = await transaction(services.pool, async (client) => {
    const found = await setRevisionName(client, id, revision, name);
    if (!found) throw noRevision();
    await insertAudit(
      client,
      actor,
      'workflow.revision_named',
      { type: 'workflow', id: id },
      { revision, name },
    );
    return found;
  });
  tell(services, actor, id);
  return { id: revision, name, at: named.createdAt.toISOString() };
}

/** Deletes a named revision. Throws `not_found`, also for one that was kept by itself. */
export async function deleteRevision(
  services: Services,
  actor: Actor,
  { params }: InputOf<typeof contracts.deleteRevision>,
): Promise<ResultOf<typeof contracts.deleteRevision>> {
  const { id } = await requireWorkflow(services, actor, params.id);
  const { revisionId: revision } = params;
  await transaction(services.pool, async (client) => {
    const name = await deleteNamed(client, id, revision);
    if (name === undefined) throw noRevision();
    await insertAudit(
      client,
      actor,
      'workflow.revision_deleted',
      { type: 'workflow', id: id },
      { revision, name },
    );
  });
  tell(services, actor, id);
  return { id: revision };
}

/** The draft with the number of its last update; it holds what the state vector (base64) says. */
export async function readFor(
  { drafts }: Pick<Services, 'drafts'>,
  id: string,
  stateVector: string | undefined,
): Promise<{ seq: number; definition: Definition }> {
  if (stateVector) await drafts.read(id, { including: Buffer.from(stateVector, 'base64') });
  const { doc, seq } = await drafts.replay(id);
  return { seq, definition: readDraft(doc, catalogue) };
}

export const noRevision = () => new AppError('not_found', 'This revision does not exist.');

function tell({ bus }: Pick<Services, 'bus'>, { workspaceId }: Actor, id: string): void {
  bus.publish(`workspace:${workspaceId}`, { kind: 'workflow', id });
}
