import type { Pool, PoolClient } from 'pg';
import { transaction } from '@/server/db/transaction';
import { type Sealed, type SecretOwner, type Vault, VaultError } from './vault';

/** Where sealed values lie: each noun names its own (`server/main/sealed-columns.ts` lists them). */
export type SealedPlace = {
  /** What one such value is, for who reads the result of a rotation. */
  title: string;
  table: string;
  /** The columns that name a row. */
  key: readonly string[];
  /** The columns that say whose secret it is. */
  owner: readonly string[];
  ownerOf(values: readonly string[]): SecretOwner;
  /** What the names of the three columns of a sealed value begin with. */
  prefix?: string;
};

export type Rotated = {
  place: SealedPlace;
  /** Values that are under the current master key now and were not before. */
  resealed: number;
  /** Values that were under it already. */
  already: number;
  /** Values that do not open with the master key that they name; they stay as they are. */
  damaged: number;
};

type Row = {
  key: string[];
  owner: string[];
  ciphertext: Buffer;
  wrappedKey: Buffer;
  masterKeyId: string;
};

/** Values that one transaction takes. */
const batch = 100;

/**
 * Brings all sealed values under the vault's current master key, a batch in each transaction, so that it can be ended at
 * any moment and started again. A value that somebody replaces meanwhile stays as they left it. Throws `VaultError`
 * before anything is written where a value names a master key that the vault does not have.
 */
export async function rotateAll(
  pool: Pool,
  vault: Vault,
  places: readonly SealedPlace[],
): Promise<Rotated[]> {
  const before = [];
  for (const place of places) before.push({ place, counts: await countByKey(pool, place) });
  const foreign = before.flatMap(({ place, counts }) => {
    const count = sum(counts, (id) => !vault.knows(id));
    return count === 0 ? [] : [`${count} × ${place.title}`];
  });
  if (foreign.length > 0) {
    throw new VaultError(
      `Nothing was changed: neither the current nor the previous master key has encrypted ${foreign.join(', ')}. Check the previous key, or enter or remove these first.`,
    );
  }
  const rotated: Rotated[] = [];
  for (const { place, counts } of before) {
    const already = sum(counts, (id) => id === vault.masterKeyId);
    rotated.push({ place, already, ...(await rotatePlace(pool, vault, place)) });
  }
  return rotated;
}

/** Values that still need another master key: none, unless they are damaged or a process with older settings runs. */
export async function countOthers(
  pool: Pool,
  vault: Vault,
  places: readonly SealedPlace[],
): Promise<number> {
  let others = 0;
  for (const place of places) {
    others += sum(await countByKey(pool, place), (id) => id !== vault.masterKeyId);
  }
  return others;
}

async function rotatePlace(pool: Pool, vault: Vault, place: SealedPlace) {
  const done = { resealed: 0, damaged: 0 };
  for (let after: string[] | undefined; ; ) {
    const from = after;
    const part = await transaction(pool, (client) => rotateBatch(client, vault, place, from));
    done.resealed += part.resealed;
    done.damaged += part.damaged;
    if (part.last === undefined) return done;
    after = part.last;
  }
}

/** `last` names the last row of the batch; none when there was nothing left to look at. */
async function rotateBatch(
  client: PoolClient,
  vault: Vault,
  place: SealedPlace,
  after: readonly string[] | undefined,
) {
  const { table, key } = place;
  const [ciphertext, wrappedKey, masterKeyId] = columnsOf(place);
  const later = after && `and (${key.join()}) > (${key.map((_, index) => `$${index + 3}`).join()})`;
  const { rows } = await client.query<Row>(
    `select ${texts(key)} as key, ${texts(place.owner)} as owner, ${ciphertext} as ciphertext,
       ${wrappedKey} as "wrappedKey", ${masterKeyId} as "masterKeyId"
     from ${table} where ${masterKeyId} <> $1 ${later ?? ''} order by ${key.join()} limit $2 for update`,
    [vault.masterKeyId, batch, ...(after ?? [])],
  );
  const named = key.map((column, index) => `${column} = $${index + 3}`).join(' and ');
  const result = { resealed: 0, damaged: 0, last: rows.at(-1)?.key };
  for (const row of rows) {
    const sealed = rewrapped(vault, place.ownerOf(row.owner), row);
    if (sealed === undefined) {
      result.damaged += 1;
      continue;
    }
    await client.query(
      `update ${table} set ${wrappedKey} = $1, ${masterKeyId} = $2 where ${named}`,
      [Buffer.from(sealed.wrappedKey), sealed.masterKeyId, ...row.key],
    );
    result.resealed += 1;
  }
  return result;
}

/** Undefined when it is damaged: what would not open stays for who may know more. */
function rewrapped(vault: Vault, owner: SecretOwner, row: Row): Sealed | undefined {
  const sealed = {
    ciphertext: new Uint8Array(row.ciphertext),
    wrappedKey: new Uint8Array(row.wrappedKey),
    masterKeyId: row.masterKeyId,
  };
  try {
    vault.open(owner, sealed);
    return vault.rewrap(owner, sealed);
  } catch (error) {
    if (VaultError.isInstance(error)) return undefined;
    throw error;
  }
}

async function countByKey(pool: Pool, place: SealedPlace): Promise<Map<string, number>> {
  const [, , masterKeyId] = columnsOf(place);
  const { rows } = await pool.query<{ id: string; count: number }>(
    `select ${masterKeyId} as id, count(*)::int as count from ${place.table}
     where ${masterKeyId} is not null group by 1`,
  );
  return new Map(rows.map(({ id, count }) => [id, count]));
}

/** The columns of a place's sealed values: ciphertext, wrapped key, name of the master key. */
export function columnsOf({ prefix = '' }: SealedPlace): readonly [string, string, string] {
  return [`${prefix}ciphertext`, `${prefix}wrapped_key`, `${prefix}master_key_id`];
}

const texts = (columns: readonly string[]) =>
  `array[${columns.map((column) => `${column}::text`).join()}]::text[]`;

const sum = (counts: ReadonlyMap<string, number>, which: (id: string) => boolean) =>
  [...counts].reduce((total, [id, count]) => total + (which(id) ? count : 0), 0);
