import { randomBytes } from 'node:crypto';
import { AppError } from '@/lib/api/errors';
import { type HookAuth, senderMakesSecret, takesSecret } from '@/lib/triggers/hook-auth';
import type { SealedPlace } from '@/server/models/keys/rotate';
import type { Sealed, Vault } from '@/server/models/keys/vault';
import { newSecret } from './verify/signature';

type Owner = { workspaceId: string; id: string };

const ownerOf = ({ workspaceId, id }: Owner) => ({ workspaceId, provider: `trigger:${id}` });

/** A secret of a webhook: what may lie in the database, and the text to show once where we made it. */
export type HookSecret = { made?: string; sealed: Sealed; hint: string };

/**
 * The secret of a webhook that verifies in this way: the given one, else a new one of ours; undefined where only the
 * sender can make it, and it was not given. Throws `invalid_input` for one where only ours can be used.
 */
export function makeSecret(
  vault: Vault,
  owner: Owner,
  { kind }: HookAuth,
  given: string | undefined,
): HookSecret | undefined {
  if (given !== undefined && !takesSecret(kind)) {
    throw new AppError('invalid_input', 'secret: this one is made here, and cannot be chosen.');
  }
  if (given !== undefined) return sealSecret(vault, owner, given);
  if (senderMakesSecret(kind)) return undefined;
  const made = kind === 'standard' ? newSecret() : randomBytes(32).toString('base64url');
  return { made, ...sealSecret(vault, owner, made) };
}

/** A secret as it may lie in the database. */
export function sealSecret(vault: Vault, owner: Owner, secret: string): HookSecret {
  return { sealed: vault.seal(ownerOf(owner), secret), hint: hintOf(secret) };
}

/** The end of a secret; of a short one, too much would be said. */
const hintOf = (text: string) => (text.length < 16 ? '' : `…${text.slice(-5)}`);

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
