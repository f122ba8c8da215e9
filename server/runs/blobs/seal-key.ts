import { randomBytes } from 'node:crypto';
import type { Pool } from 'pg';
import type { Config } from '@/server/config';
import type { SealedPlace } from '@/server/models/keys/rotate';
import { type Sealed, type Vault, VaultError } from '@/server/models/keys/vault';

type Needs = {
  pool: Pool;
  vault: Vault;
  config: Pick<Config, 'masterKey' | 'previousMasterKey'>;
  log: Readonly<{ warn(details: object, message: string): void }>;
};

const owner = { workspaceId: '', provider: 'run-seal-key' };

export const sealKeyPlace: SealedPlace = {
  title: 'key of references to large values',
  table: 'run_seal_key',
  key: ['id'],
  owner: [],
  ownerOf: () => owner,
};

/**
 * The key under which references to large values are sealed, the same in all processes; made by the first one that
 * asks. Journals from before there was such a key were sealed with the master key itself, and processes of that version
 * may still run beside us: where there are runs already, that one is kept.
 */
export async function findSealKey({ pool, vault, config, log }: Needs): Promise<Buffer> {
  const found = await readSealKey(pool);
  if (found === undefined) {
    const first = (await anyRun(pool)) ? legacyKey(config) : randomBytes(32);
    await insertSealKey(pool, vault.seal(owner, first.toString('base64')));
  }
  const sealed = found ?? (await readSealKey(pool));
  if (sealed === undefined) throw new Error('The key of references to large values is missing.');
  try {
    return Buffer.from(vault.open(owner, sealed), 'base64');
  } catch (error) {
    if (!VaultError.isInstance(error)) throw error;
    // Who has lost the master key can go on: only runs under way miss large values that their steps hand on.
    log.warn(
      { err: error },
      'the master key is not the one of this database: secrets in it cannot be opened',
    );
    return legacyKey(config);
  }
}

const legacyKey = ({ masterKey, previousMasterKey }: Needs['config']) =>
  previousMasterKey ?? masterKey;

async function readSealKey(pool: Pool): Promise<Sealed | undefined> {
  const { rows } = await pool.query<{ ciphertext: Buffer; wrappedKey: Buffer; id: string }>(
    `select ciphertext, wrapped_key as "wrappedKey", master_key_id as id
     from run_seal_key where id = 1`,
  );
  const [row] = rows;
  return (
    row && {
      ciphertext: new Uint8Array(row.ciphertext),
      wrappedKey: new Uint8Array(row.wrappedKey),
      masterKeyId: row.id,
    }
  );
}

async function insertSealKey(pool: Pool, sealed: Sealed): Promise<void> {
  await pool.query(
    `insert into run_seal_key (id, ciphertext, wrapped_key, master_key_id) values (1, $1, $2, $3)
     on conflict do nothing`,
    [Buffer.from(sealed.ciphertext), Buffer.from(sealed.wrappedKey), sealed.masterKeyId],
  );
}

async function anyRun(pool: Pool): Promise<boolean> {
  const { rowCount } = await pool.query('select from run limit 1');
  return rowCount === 1;
}
