import type { InputOf, ResultOf } from '@/lib/api/define-route';
import type { listConnectionUses as contract } from '@/lib/connections/contract';
import type { Actor } from '@/lib/people/schema';
import type { Services } from '@/server/services';
import { triggersNaming } from '@/server/triggers/mail/find-named';
import { findAllMentions } from '@/server/workflows/find-mentions';
import { connectionsOf } from './store';
import { withTriggers } from './uses';

/** Where each connection of the workspace is named, with one look at each workflow. */
export async function listConnectionUses(
  services: Pick<Services, 'pool' | 'drafts'>,
  { workspaceId }: Actor,
  _input: InputOf<typeof contract>,
): Promise<ResultOf<typeof contract>> {
  const rows = await connectionsOf(services.pool, workspaceId);
  const names = rows.map(({ name }) => name);
  const found = await findAllMentions(services, workspaceId, 'connection', names);
  const triggers = await triggersNaming(services.pool, workspaceId, names);
  return {
    items: rows.map(({ id, name }) => {
      const own = triggers.filter(({ connection }) => connection === name);
      return { id, uses: withTriggers(found.get(name) ?? [], own) };
    }),
  };
}
