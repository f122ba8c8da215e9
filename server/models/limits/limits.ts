import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Pool, PoolClient } from 'pg';
import { admit, limitWords, type ModelLimit } from '@/lib/models/limits/pace';
import type { ProviderId } from '@/lib/models/schema';
import { StepError } from '@/lib/nodes/node-type/define-node';
import { transaction } from '@/server/db/transaction';

/** A call that is about to be made. `tokens`: what it will take, as far as one can tell before. */
export type Asked = { workspaceId: string; provider: ProviderId; model: string; tokens: number };

/** A call that was let through. `end` gives its place back and counts what it really took; never rejects. */
export type Admitted = { end(tokens: number): Promise<void> };

export type Limits = {
  /**
   * Waits a moment for the workspace's own limits. Throws `StepError` `model_limit_reached` with the time to wait when
   * that would take longer, and `model_limit_small` for a call that never fits.
   */
  take(asked: Asked, signal: AbortSignal): Promise<Admitted>;
};

type Row = ModelLimit & {
  model: string;
  requests: number | null;
  tokens: number | null;
  since: number;
};
type Taken =
  | { ok: true; slot?: string; rows: Row[] }
  | { ok: false; row: Row; waitMs: number; never?: true };

/** How long a call waits here before it is put aside, and how often it looks for a free place meanwhile. */
const patienceMs = 2_000;
const lookMs = 200;
/** A call that nobody speaks for any more gives its place back after so long. */
const slotMs = 60_000;
const renewMs = 20_000;
/** When nobody can tell how long the calls under way take. */
const laterMs = 5_000;

const unlimited: Admitted = { end: async () => {} };

/** Limits that a workspace set for its providers, over all processes: each call takes its part in Postgres before. */
export function createLimits(parts: {
  pool: Pool;
  log: Readonly<{ error: (details: object, message: string) => void }>;
}): Limits {
  const { pool, log } = parts;
  return {
    async take(asked, signal) {
      if (asked.provider === 'rehearsal') return unlimited;
      const until = performance.now() + patienceMs;
      for (;;) {
        signal.throwIfAborted();
        const taken = await tryTake(pool, asked);
        if (taken.ok) return taken.rows.length === 0 ? unlimited : admitted(parts, asked, taken);
        if (taken.never) throw tooLarge(asked, taken.row);
        const waitMs = Math.max(lookMs, taken.waitMs);
        if (performance.now() + waitMs > until) throw reached(asked, taken.row, taken.waitMs);
        await sleep(waitMs, undefined, { signal });
      }
    },
  };
  function admitted(
    { pool }: { pool: Pool },
    asked: Asked,
    { slot, rows }: Extract<Taken, { ok: true }>,
  ): Admitted {
    const failed = (error: unknown) =>
      log.error({ err: error, provider: asked.provider }, 'the place of a model call was not kept');
    const beat =
      slot === undefined
        ? undefined
        : setInterval(() => void renew(pool, slot).catch(failed), renewMs).unref();
    return {
      async end(tokens) {
        clearInterval(beat);
        await giveBack(pool, asked, { slot, rows, tokens }).catch(failed);
      },
    };
  }
}

/** All limits of the call at once, or none. Their rows are locked in one order. */
async function tryTake(pool: Pool, asked: Asked): Promise<Taken> {
  const { rowCount } = await pool.query(
    `select 1 from model_limit where workspace_id = $1 and provider = $2 and model in ('*', $3) limit 1`,
    [asked.workspaceId, asked.provider, asked.model],
  );
  if (rowCount === 0) return { ok: true, rows: [] };
  return transaction(pool, async (client): Promise<Taken> => {
    const rows = await lockRows(client, asked);
    const lefts: { requests: number; tokens: number }[] = [];
    for (const row of rows) {
      const { requests, tokens, since } = row;
      const pace =
        requests === null || tokens === null ? undefined : { requests, tokens, sinceMs: since };
      const said = admit(row, pace, asked.tokens);
      if (!said.ok) {
        if ('never' in said) return { ok: false, row, waitMs: 0, never: true };
        return { ok: false, row, waitMs: said.waitMs };
      }
      if (row.atOnce !== null && (await busyIn(client, asked, row)) >= row.atOnce) {
        return { ok: false, row, waitMs: lookMs };
      }
      lefts.push(said.left);
    }
    await client.query(
      `update model_limit l set requests_left = g.requests, tokens_left = g.tokens, paced_at = clock_timestamp()
       from unnest($3::text[], $4::float8[], $5::float8[]) as g(model, requests, tokens)
       where l.workspace_id = $1 and l.provider = $2 and l.model = g.model`,
      [
        asked.workspaceId,
        asked.provider,
        rows.map(({ model }) => model),
        lefts.map(({ requests }) => requests),
        lefts.map(({ tokens }) => tokens),
      ],
    );
    if (rows.every(({ atOnce }) => atOnce === null)) return { ok: true, rows };
    const slot = randomUUID();
    await client.query(
      `insert into model_slot (id, workspace_id, provider, model, until_at)
       values ($1, $2, $3, $4, clock_timestamp() + $5 * interval '1 millisecond')`,
      [slot, asked.workspaceId, asked.provider, asked.model, slotMs],
    );
    return { ok: true, rows, slot };
  });
}

async function lockRows(client: PoolClient, asked: Asked): Promise<Row[]> {
  const { rows } = await client.query<Row>(
    `select model, requests_per_minute as "requestsPerMinute", tokens_per_minute as "tokensPerMinute",
       at_once as "atOnce", requests_left as requests, tokens_left as tokens,
       coalesce(extract(epoch from clock_timestamp() - paced_at) * 1000, 0)::float8 as since
     from model_limit where workspace_id = $1 and provider = $2 and model in ('*', $3)
     order by model for update`,
    [asked.workspaceId, asked.provider, asked.model],
  );
  return rows;
}

/** Calls under way that count in a limit; those that nobody speaks for are forgotten. */
async function busyIn(client: PoolClient, asked: Asked, row: Row): Promise<number> {
  await client.query(
    'delete from model_slot where workspace_id = $1 and provider = $2 and until_at <= clock_timestamp()',
    [asked.workspaceId, asked.provider],
  );
  const { rows } = await client.query<{ busy: number }>(
    `select count(*)::int as busy from model_slot
     where workspace_id = $1 and provider = $2 and ($3 = '*' or model = $3)`,
    [asked.workspaceId, asked.provider, row.model],
  );
  return rows[0]?.busy ?? 0;
}

const renew = (pool: Pool, slot: string) =>
  pool.query(
    `update model_slot set until_at = clock_timestamp() + $2 * interval '1 millisecond' where id = $1`,
    [slot, slotMs],
  );

async function giveBack(
  pool: Pool,
  asked: Asked,
  { slot, rows, tokens }: { slot: string | undefined; rows: Row[]; tokens: number },
): Promise<void> {
  if (slot !== undefined) await pool.query('delete from model_slot where id = $1', [slot]);
  const off = asked.tokens - tokens;
  if (off === 0 || rows.every(({ tokensPerMinute }) => tokensPerMinute === null)) return;
  await pool.query(
    `with kept as (
       select model from model_limit where workspace_id = $1 and provider = $2 and model = any($3) order by model for update
     )
     update model_limit l set tokens_left = l.tokens_left + $4 from kept
     where l.workspace_id = $1 and l.provider = $2 and l.model = kept.model and l.tokens_left is not null`,
    [asked.workspaceId, asked.provider, rows.map(({ model }) => model), off],
  );
}

const whose = (asked: Asked, row: Row) =>
  row.model === '*' ? `the provider of ${asked.model}` : asked.model;

const reached = (asked: Asked, row: Row, waitMs: number) =>
  new StepError(
    'model_limit_reached',
    `The limit that this workspace set for ${whose(asked, row)} is reached: ${limitWords(row)}. Nothing was asked of it.`,
    { retryable: true, retryAfterMs: Math.max(waitMs, row.atOnce === null ? 0 : laterMs) },
  );

const tooLarge = (asked: Asked, row: Row) =>
  new StepError(
    'model_limit_small',
    `The request has about ${asked.tokens} tokens, more than the limit of ${row.tokensPerMinute ?? 0} tokens a minute that this workspace set for ${whose(asked, row)}. Raise the limit in Settings → Models, or shorten the request.`,
  );
