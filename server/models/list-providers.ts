import type { InputOf, ResultOf } from '@/lib/api/define-route';
import type { listProviders as contract } from '@/lib/models/contract';
import { can } from '@/lib/people/can';
import type { Actor } from '@/lib/people/schema';
import type { Services } from '@/server/services';

/** Providers with their state and models. Hints of keys and URLs only for those who manage keys. */
export async function listProviders(
  services: Services,
  actor: Actor,
  _input: InputOf<typeof contract>,
): Promise<ResultOf<typeof contract>> {
  const items = await services.models.overview(actor.workspaceId);
  if (can(actor.role, 'keys.read')) return { items };
  return {
    items: items.map(
      ({ hint: _hint, keys: _keys, baseUrl: _baseUrl, detail: _detail, ...shown }) => shown,
    ),
  };
}
