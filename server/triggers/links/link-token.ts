import { randomBytes } from 'node:crypto';
import type { HookSecret } from '../secrets';
import { sealSecret } from '../secrets';

/** Bytes of the half of a token that nobody can guess: 22 letters, as the half that names the trigger. */
const secretBytes = 16;

/** The secret of a new link, sealed: it is shown again to who may change the trigger. */
export function makeLink(
  vault: Parameters<typeof sealSecret>[0],
  owner: { workspaceId: string; id: string },
): HookSecret {
  return sealSecret(vault, owner, randomBytes(secretBytes).toString('base64url'));
}

/** The end of a link: which trigger, and its secret. */
export function linkToken(id: string, secret: string): string {
  return Buffer.from(id.replaceAll('-', ''), 'hex').toString('base64url') + secret;
}

/** What a token names; the secret is not compared here. */
export function readLinkToken(token: string): { id: string; secret: string } {
  const hex = Buffer.from(token.slice(0, 22), 'base64url').toString('hex');
  const id = hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
  return { id, secret: token.slice(22) };
}
