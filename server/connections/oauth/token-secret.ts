import { z } from 'zod';
import { readJson } from '@/lib/api/json/read-json';
import type { SealedPlace } from '@/server/models/keys/rotate';
import type { Sealed, Vault } from '@/server/models/keys/vault';

/** What a provider gave; nothing of it leaves the server but on requests to the hosts of the connection. */
const tokensSchema = z.strictObject({ access: z.string(), refresh: z.string().nullable() });
export type Tokens = z.infer<typeof tokensSchema>;

type Owner = { workspaceId: string; connectionId: string };

const ofTokens = ({ workspaceId, connectionId }: Owner) => ({
  workspaceId,
  provider: `connection-token:${connectionId}`,
});
const ofSignIn = ({ workspaceId, connectionId }: Owner) => ({
  workspaceId,
  provider: `connection-sign-in:${connectionId}`,
});

export const sealTokens = (vault: Vault, owner: Owner, tokens: Tokens): Sealed =>
  vault.seal(ofTokens(owner), JSON.stringify(tokens));

/** Throws `VaultError`. */
export function openTokens(vault: Vault, row: Owner & Sealed): Tokens {
  const read = readJson(vault.open(ofTokens(row), row));
  return tokensSchema.parse(read.ok ? read.value : undefined);
}

export const sealVerifier = (vault: Vault, owner: Owner, verifier: string): Sealed =>
  vault.seal(ofSignIn(owner), verifier);
export const openVerifier = (vault: Vault, row: Owner & Sealed): string =>
  vault.open(ofSignIn(row), row);

export const tokenPlaces: readonly SealedPlace[] = [
  {
    title: 'token of a connection',
    table: 'connection_token',
    key: ['connection_id'],
    owner: ['workspace_id', 'connection_id'],
    ownerOf: ([workspaceId = '', connectionId = '']) => ofTokens({ workspaceId, connectionId }),
  },
  {
    title: 'sign-in to a connection',
    table: 'connection_sign_in',
    key: ['state_hash'],
    owner: ['workspace_id', 'connection_id'],
    ownerOf: ([workspaceId = '', connectionId = '']) => ofSignIn({ workspaceId, connectionId }),
  },
];
