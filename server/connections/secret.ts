import type { SealedPlace } from '@/server/models/keys/rotate';
import type { Sealed, Vault } from '@/server/models/keys/vault';

type Owner = { workspaceId: string; id: string };

const ownerOf = ({ workspaceId, id }: Owner) => ({ workspaceId, provider: `connection:${id}` });

export const sealSecret = (vault: Vault, owner: Owner, secret: string): Sealed =>
  vault.seal(ownerOf(owner), secret);

/** Throws `VaultError` when it was altered, belongs to another row, or its master key is gone. */
export const openSecret = (vault: Vault, owner: Owner, sealed: Sealed): string =>
  vault.open(ownerOf(owner), sealed);

export const connectionPlace: SealedPlace = {
  title: 'secret of a connection',
  table: 'connection',
  key: ['id'],
  owner: ['workspace_id', 'id'],
  ownerOf: ([workspaceId = '', id = '']) => ownerOf({ workspaceId, id }),
};
