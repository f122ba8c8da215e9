import { createHash } from 'node:crypto';
import type { Pool } from 'pg';
import {
  type FailureKind,
  failureKinds,
  failuresInRow,
  outageMs,
  reactions,
} from '@/lib/models/failing/reactions';
import type { ProviderId } from '@/lib/models/schema';

/** What is left alone: a model by the account that it is asked with. */
export type Target = {
  workspaceId: string;
  /** A hash of key and address: another key is another account. */
  account: string;
  provider: ProviderId;
  model: string;
};

/** `waitMs`: how long the target is to be left alone; 0 when somebody may find out whether it is over. */
export type Cool = { kind: FailureKind; waitMs: number; row: Target };

export type Cooling = {
  /** What is known of a target: nothing, that it failed some time ago, or that it is to be left alone. */
  look(target: Target): Promise<{ known: boolean; cool?: Cool }>;
  /** Whether this caller is the one that finds out; all others leave the target alone meanwhile. */
  probe(cool: Cool): Promise<boolean>;
  /** A failure: how long the target is to be left alone from now on, in milliseconds. */
  failed(target: Target, kind: FailureKind, toldMs?: number): Promise<number>;
  /** It answers, after its time. */
  heal(target: Target): Promise<void>;
  /** It answers, whatever was known of it. */
  clear(target: Target): Promise<void>;
};

/** How long somebody may take to find out. */
const probeMs = 60_000;
/** The longest that a provider is believed. */
const longestMs = 24 * 3_600_000;

export const accountOf = (key: string, baseUrl: string): string =>
  createHash('sha256').update(`${baseUrl}\n${key}`).digest('hex').slice(0, 16);

/** Targets that are left alone, in Postgres: every process knows at once. A deadline is only ever extended. */
export function createCooling(pool: Pool): Cooling {
  return {
    async look(target) {
      const { rows } = await pool.query<{ model: string; kind: string; wait: number | null }>(
        `select model, kind, case when until_at is not null then
           greatest(0, extract(epoch from greatest(until_at, probe_until) - now()) * 1000)::float8 end as wait
         from model_cooldown where workspace_id = $1 and account = $2 and provider = $3 and model in ($4, '*')
         order by wait desc nulls last`,
        keyOf(target),
      );
      const first = rows.find(({ wait }) => wait !== null);
      if (first === undefined || first.wait === null) return { known: rows.length > 0 };
      const kind = failureKinds.find((each) => each === first.kind) ?? 'transient';
      const cool = { kind, waitMs: Math.ceil(first.wait), row: { ...target, model: first.model } };
      return { known: true, cool };
    },
    async probe({ row }) {
      const { rowCount } = await pool.query(
        `update model_cooldown set probe_until = now() + $5 * interval '1 millisecond'
         where workspace_id = $1 and account = $2 and provider = $3 and model = $4
           and until_at <= now() and (probe_until is null or probe_until <= now())`,
        [...keyOf(row), probeMs],
      );
      return rowCount === 1;
    },
    async failed(target, kind, toldMs) {
      const { cools, scope } = reactions[kind];
      if (cools === undefined) return 0;
      const row = scope === 'account' ? { ...target, model: '*' } : target;
      if (cools === 'count' && toldMs === undefined) return counted(pool, row, kind);
      const ms = Math.min(toldMs ?? (cools === 'count' ? outageMs : cools), longestMs);
      return extended(pool, row, kind, ms);
    },
    async heal(target) {
      await pool.query(
        `delete from model_cooldown where workspace_id = $1 and account = $2 and provider = $3
           and model in ($4, '*') and (until_at is null or until_at <= now())`,
        keyOf(target),
      );
    },
    async clear(target) {
      await pool.query(
        `delete from model_cooldown where workspace_id = $1 and account = $2 and provider = $3 and model in ($4, '*')`,
        keyOf(target),
      );
    },
  };
}

const keyOf = ({ workspaceId, account, provider, model }: Target) => [
  workspaceId,
  account,
  provider,
  model,
];

const untilOf = (rows: readonly { wait: number | null }[]) => Math.ceil(rows[0]?.wait ?? 0);
const wait = `extract(epoch from model_cooldown.until_at - now())::float8 * 1000 as wait`;

async function extended(pool: Pool, row: Target, kind: FailureKind, ms: number): Promise<number> {
  const { rows } = await pool.query<{ wait: number | null }>(
    `insert into model_cooldown (workspace_id, account, provider, model, kind, until_at)
     values ($1, $2, $3, $4, $5, now() + $6 * interval '1 millisecond')
     on conflict (workspace_id, account, provider, model) do update set
       kind = excluded.kind, failed_at = now(), probe_until = null,
       until_at = greatest(model_cooldown.until_at, excluded.until_at)
     returning ${wait}`,
    [...keyOf(row), kind, ms],
  );
  return untilOf(rows);
}

/** One failure is no sample: some in a row are, and one of whoever was to find out. */
async function counted(pool: Pool, row: Target, kind: FailureKind): Promise<number> {
  const { rows } = await pool.query<{ wait: number | null }>(
    `insert into model_cooldown (workspace_id, account, provider, model, kind) values ($1, $2, $3, $4, $5)
     on conflict (workspace_id, account, provider, model) do update set
       kind = excluded.kind, failed_at = now(), probe_until = null,
       failures = case when model_cooldown.failed_at > now() - interval '1 minute'
         then model_cooldown.failures + 1 else 1 end,
       until_at = case when model_cooldown.until_at is not null
           or (model_cooldown.failed_at > now() - interval '1 minute' and model_cooldown.failures + 1 >= $6)
         then greatest(model_cooldown.until_at, now() + $7 * interval '1 millisecond') end
     returning ${wait}`,
    [...keyOf(row), kind, failuresInRow, outageMs],
  );
  return untilOf(rows);
}
