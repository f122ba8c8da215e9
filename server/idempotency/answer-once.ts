import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Pool } from 'pg';
import { AppError } from '@/lib/api/errors';
import type { SealedPlace } from '@/server/models/keys/rotate';
import type { Vault } from '@/server/models/keys/vault';

/** A request that has a key: who asks what, and a hash of all that it says. */
export type KeyedRequest = {
  scope: string;
  key: string;
  hash: string;
  /** Whoever does it again goes on where the first one was. */
  resumes?: boolean;
};

type Needs = { pool: Pool; vault: Vault };
type Row = {
  hash: string;
  status: number | null;
  ciphertext: Buffer | null;
  wrapped_key: Buffer | null;
  master_key_id: string | null;
  /** How long ago it began. */
  seconds: number;
};

/** Who asks again while the first request is under way waits so long for its answer. */
const patienceMs = 5000;
/** Longer than any request takes that does not resume: its process is gone. */
const lostSeconds = 60;

/**
 * Answers a request once: who sends the same again within a week, also at the same moment, gets the answer of the
 * first. One that was refused or failed does not count. Throws `idempotency_mismatch` for another request under the
 * key, and `conflict` where the first one is still under way, or where its process died so that nobody knows what became
 * of it: it is not done a second time, unless it resumes.
 */
export async function answerOnce(
  needs: Needs,
  keyed: KeyedRequest,
  answer: () => Promise<Response>,
): Promise<Response> {
  const claim = randomUUID();
  for (const until = performance.now() + patienceMs; ; await sleep(50)) {
    if (await claimKey(needs.pool, keyed, claim)) break;
    const row = await readRow(needs.pool, keyed);
    if (row === undefined) continue;
    if (row.hash !== keyed.hash) {
      const message = 'This Idempotency-Key was already used for another request. Use a new one.';
      throw new AppError('idempotency_mismatch', message);
    }
    if (row.status !== null) return replay(needs.vault, keyed, row);
    if (row.seconds > lostSeconds) {
      if (keyed.resumes !== true) throw lost();
      if (await takeOver(needs.pool, keyed, claim)) break;
    }
    if (performance.now() > until) throw underWay();
  }
  let kept = false;
  try {
    const response = await answer();
    if (response.ok) {
      await keep(needs, keyed, claim, response.status, await response.clone().text());
      kept = true;
    }
    return response;
  } finally {
    if (!kept) await letGo(needs.pool, keyed, claim);
  }
}

/** Keys older than a week are let go. */
async function claimKey(pool: Pool, { scope, key, hash }: KeyedRequest, claim: string) {
  const { rowCount } = await pool.query(
    `insert into request_key (scope, key, request_hash, claim) values ($1, $2, $3, $4)
     on conflict (scope, key) do update set request_hash = $3, claim = $4, status = null, ciphertext = null,
       wrapped_key = null, master_key_id = null, created_at = now()
     where request_key.created_at < now() - interval '7 days'`,
    [scope, key, hash, claim],
  );
  return rowCount === 1;
}

/** Goes on with a request whose process is thought to be gone. */
async function takeOver(pool: Pool, { scope, key, hash }: KeyedRequest, claim: string) {
  const { rowCount } = await pool.query(
    `update request_key set claim = $4, created_at = now()
     where scope = $1 and key = $2 and request_hash = $3 and status is null
       and created_at < now() - make_interval(secs => $5)`,
    [scope, key, hash, claim, lostSeconds],
  );
  return rowCount === 1;
}

async function readRow(pool: Pool, { scope, key }: KeyedRequest): Promise<Row | undefined> {
  const { rows } = await pool.query<Row>(
    `select request_hash as hash, status, ciphertext, wrapped_key, master_key_id,
       extract(epoch from now() - created_at)::float8 as seconds
     from request_key where scope = $1 and key = $2`,
    [scope, key],
  );
  return rows[0];
}

const ownerOf = ({ scope }: Pick<KeyedRequest, 'scope'>) => ({
  workspaceId: scope,
  provider: 'answer',
});

export const answerPlace: SealedPlace = {
  title: 'answer kept for an Idempotency-Key',
  table: 'request_key',
  key: ['scope', 'key'],
  owner: ['scope'],
  ownerOf: ([scope = '']) => ownerOf({ scope }),
};

async function keep(
  { pool, vault }: Needs,
  keyed: KeyedRequest,
  claim: string,
  status: number,
  text: string,
): Promise<void> {
  const sealed = vault.seal(ownerOf(keyed), text);
  await pool.query(
    `update request_key set status = $4, ciphertext = $5, wrapped_key = $6, master_key_id = $7
     where scope = $1 and key = $2 and claim = $3`,
    [
      keyed.scope,
      keyed.key,
      claim,
      status,
      Buffer.from(sealed.ciphertext),
      Buffer.from(sealed.wrappedKey),
      sealed.masterKeyId,
    ],
  );
}

async function letGo(pool: Pool, { scope, key }: KeyedRequest, claim: string): Promise<void> {
  const text =
    'delete from request_key where scope = $1 and key = $2 and claim = $3 and status is null';
  await pool.query(text, [scope, key, claim]);
}

function replay(vault: Vault, keyed: KeyedRequest, row: Row): Response {
  const { status, ciphertext, wrapped_key: wrappedKey, master_key_id: masterKeyId } = row;
  if (status === null || !ciphertext || !wrappedKey || masterKeyId === null) throw lost();
  const sealed = {
    ciphertext: new Uint8Array(ciphertext),
    wrappedKey: new Uint8Array(wrappedKey),
    masterKeyId,
  };
  const headers = {
    'Content-Type': 'application/json; charset=utf-8',
    'Cache-Control': 'no-store',
    'Idempotency-Replayed': 'true',
  };
  return new Response(vault.open(ownerOf(keyed), sealed), { status, headers });
}

const underWay = () =>
  new AppError(
    'conflict',
    'A request with this Idempotency-Key is still running. Try again later.',
  );
const lost = () =>
  new AppError(
    'conflict',
    'A request with this Idempotency-Key was interrupted, and its result is unknown. Check whether it took effect, then use a new key.',
  );

/** Forgets the keys whose week is over. */
export async function forgetKeys(pool: Pool): Promise<void> {
  await pool.query("delete from request_key where created_at < now() - interval '7 days'");
}
