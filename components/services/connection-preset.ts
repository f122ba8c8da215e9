import type { ConnectionDraft } from '@/components/connections/connection-draft';
import type { Service } from '@/lib/services/contract';

/** What a connection for a service begins with, as far as the service says how it wants to be asked. */
export function presetOf({ name, auth }: Pick<Service, 'name' | 'auth'>): Partial<ConnectionDraft> {
  const known = auth.find(
    ({ kind }) => kind === 'bearer' || kind === 'basic' || kind === 'api_key',
  );
  const [first] = auth;
  const one = known ?? first;
  if (one === undefined) return { name };
  const { hosts, testUrl = '' } = one;
  const common = { name, hosts: hosts.join('\n'), testUrl };
  if (one.kind === 'api_key') {
    return { ...common, kind: 'api_key', in: one.in ?? 'header', place: one.name ?? 'X-API-Key' };
  }
  return { ...common, kind: one.kind === 'basic' ? 'basic' : 'bearer' };
}
