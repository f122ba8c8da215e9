import { createCipheriv, createDecipheriv, createHash, randomBytes } from 'node:crypto';
import { hasMark } from '@/lib/api/has-mark';
import type { Config } from '@/server/config';

/** A secret as it may lie in the database. */
export type Sealed = {
  ciphertext: Uint8Array<ArrayBuffer>;
  wrappedKey: Uint8Array<ArrayBuffer>;
  masterKeyId: string;
};

/** Whose secret it is. Bound into the ciphertext: a row copied to another workspace does not open there. */
export type SecretOwner = { workspaceId: string; provider: string };

/** Seals secrets under keys that never reach the database. */
export type Vault = {
  masterKeyId: string;
  /** Whether a master key that we have wrapped this. */
  knows(masterKeyId: string): boolean;
  seal(owner: SecretOwner, secret: string): Sealed;
  /** Throws {@link VaultError} when the row was altered, belongs to someone else, or its master key is gone. */
  open(owner: SecretOwner, sealed: Sealed): string;
  /** The same secret under the current master key, for rotation: the ciphertext itself stays. */
  rewrap(owner: SecretOwner, sealed: Sealed): Sealed;
};

const vaultErrorMark = Symbol.for('ensemble.VaultError');

/** A secret that cannot be opened. The message never holds any of it. */
export class VaultError extends Error {
  readonly [vaultErrorMark] = true;
  static isInstance(value: unknown): value is VaultError {
    return hasMark(value, vaultErrorMark);
  }
  override readonly name = 'VaultError';
}

const ivBytes = 12;
const tagBytes = 16;

/**
 * Envelope encryption: AES-256-GCM under a data key of each secret's own, which the master key wraps.
 * During a rotation the previous master key opens what it sealed.
 */
export async function createVault(
  config: Pick<Config, 'masterKey'> & Partial<Pick<Config, 'previousMasterKey'>>,
): Promise<Vault> {
  const masterKeyId = idOf(config.masterKey);
  const keys = new Map([[masterKeyId, config.masterKey]]);
  if (config.previousMasterKey) keys.set(idOf(config.previousMasterKey), config.previousMasterKey);
  const unwrap = (owner: SecretOwner, sealed: Sealed): Buffer => {
    const master = keys.get(sealed.masterKeyId);
    if (master === undefined) {
      throw new VaultError(
        'This secret was encrypted with another master key. Restore that ENSEMBLE_MASTER_KEY or enter the secret again.',
      );
    }
    return decrypt(master, sealed.wrappedKey, bound('key', owner));
  };
  return {
    masterKeyId,
    knows: (id) => keys.has(id),
    seal(owner, secret) {
      const dataKey = randomBytes(32);
      return {
        ciphertext: encrypt(dataKey, Buffer.from(secret, 'utf8'), bound('secret', owner)),
        wrappedKey: encrypt(config.masterKey, dataKey, bound('key', owner)),
        masterKeyId,
      };
    },
    open: (owner, sealed) =>
      decrypt(unwrap(owner, sealed), sealed.ciphertext, bound('secret', owner)).toString('utf8'),
    rewrap: (owner, sealed) => ({
      ciphertext: sealed.ciphertext,
      wrappedKey: encrypt(config.masterKey, unwrap(owner, sealed), bound('key', owner)),
      masterKeyId,
    }),
  };
}

/** Tells master keys apart without revealing them. */
function idOf(key: Buffer): string {
  return createHash('sha256').update('ensemble master key ').update(key).digest('hex').slice(0, 16);
}

function bound(part: 'key' | 'secret', owner: SecretOwner): Buffer {
  return Buffer.from(JSON.stringify(['ensemble', 1, part, owner.workspaceId, owner.provider]));
}

function encrypt(key: Buffer, plain: Buffer, aad: Buffer): Uint8Array<ArrayBuffer> {
  const iv = randomBytes(ivBytes);
  const cipher = createCipheriv('aes-256-gcm', key, iv).setAAD(aad);
  const body = Buffer.concat([cipher.update(plain), cipher.final()]);
  return new Uint8Array(Buffer.concat([iv, cipher.getAuthTag(), body]));
}

function decrypt(key: Buffer, packed: Uint8Array, aad: Buffer): Buffer {
  const bytes = Buffer.from(packed);
  try {
    const decipher = createDecipheriv('aes-256-gcm', key, bytes.subarray(0, ivBytes), {
      authTagLength: tagBytes,
    })
      .setAAD(aad)
      .setAuthTag(bytes.subarray(ivBytes, ivBytes + tagBytes));
    return Buffer.concat([decipher.update(bytes.subarray(ivBytes + tagBytes)), decipher.final()]);
  } catch {
    throw new VaultError('This secret is damaged. Enter it again.');
  }
}
