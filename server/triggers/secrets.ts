import type { SealedPlace } from '@/server/models/keys/rotate';
import type { Sealed, Vault } from '@/server/models/keys/vault';
import { newSecret } from './signature';

type Owner = { workspaceId: string; id: string };

const ownerOf = ({ workspaceId, id }: Owner) => ({ workspaceId, provider: `trigger:${id}` });

/** A new secret of a webhook: the text to show once, and what may lie in the database. */
export function makeSecret(
  vault: Vault,
  owner: Owner,
): { text: string; sealed: Sealed; hint: string } {
  const text = newSecret();
  return { text, sealed: vault.seal(ownerOf(owner), text), hint: `…${text.slice(-5)}` };
}

/** The secret of a webhook. Throws `VaultError` when it was altered or its master key is gone. */
export function openSecret(vault: Vault, owner: Owner, sealed: Sealed): string {
  return vault.open(ownerOf(owner), sealed);
}

const place: SealedPlace = {
  title: 'secret of a webhook',
  table: 'trigger',
  key: ['id'],
  owner: ['workspace_id', 'id'],
  ownerOf: ([workspaceId = '', id = '']) => ownerOf({ workspaceId, id }),
};

export const secretPlaces: readonly SealedPlace[] = [
  place,
  { ...place, title: 'earlier secret of a webhook', prefix: 'old_' },
];
