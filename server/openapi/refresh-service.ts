import type { InputOf, ResultOf } from '@/lib/api/define-route';
import { AppError } from '@/lib/api/errors';
import type { Actor } from '@/lib/people/schema';
import type { refreshService as contract } from '@/lib/services/contract';
import { transaction } from '@/server/db/transaction';
import { insertAudit } from '@/server/people/insert-audit';
import type { Services } from '@/server/services';
import { readDocument } from './read-document';
import { holdService, markChecked, operationsOf, replaceDescription } from './store';
import { noService, requireService, viewService } from './view';

/**
 * Takes the description anew, and says which operations came, went and changed. Two at once come one after another: the
 * later one is refused with `conflict` where it compared with what is no more. Throws `not_found`, and as `createService`.
 */
export async function refreshService(
  services: Pick<Services, 'pool' | 'vault' | 'egress' | 'computation' | 'bus'>,
  actor: Actor,
  { params: { id }, query, body }: InputOf<typeof contract>,
): Promise<ResultOf<typeof contract>> {
  const { workspaceId } = actor;
  const row = await requireService(services, actor, id);
  const before = await operationsOf(services.pool, workspaceId, id);
  const serverUrl = row.serverGiven ? row.serverUrl : undefined;
  const source = { document: body.document, url: row.url, serverUrl, connection: row.connection };
  const { described, changes: found } = await readDocument(services, actor, source, before);
  const same = described.fingerprint === row.fingerprint;
  const changes = { same, ...found };
  if (query.check !== undefined) return { service: viewService(row), changes };
  await transaction(services.pool, async (client) => {
    const held = await holdService(client, workspaceId, id);
    if (held === undefined) throw noService();
    if (held.revision !== row.revision) {
      throw new AppError(
        'conflict',
        'Somebody else refreshed this service at the same time. Look at it again.',
      );
    }
    if (same && held.serverUrl === described.serverUrl) {
      await markChecked(client, workspaceId, id);
      return;
    }
    await replaceDescription(client, workspaceId, id, described);
    const counts = {
      added: found.added.length,
      removed: found.removed.length,
      changed: found.changed.length,
    };
    const detail = { name: held.name, ...counts };
    await insertAudit(client, actor, 'service.refreshed', { type: 'service', id }, detail);
  });
  services.bus.publish(`workspace:${workspaceId}`, { kind: 'service', id });
  return { service: viewService(await requireService(services, actor, id)), changes };
}
