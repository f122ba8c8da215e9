import type { Pool } from 'pg';
import type { Failure, RunStatus } from '@/lib/runs/schema';
import {
  hookBurst,
  hooksPerSecond,
  storedWebhookConfig,
  type WebhookConfig,
} from '@/lib/triggers/schema';
import type { Sealed } from '@/server/models/keys/vault';

export type Hook = {
  id: string;
  workspaceId: string;
  workflowId: string;
  enabled: boolean;
  /** Somebody waits for its next request to see it. */
  listening: boolean;
  config: WebhookConfig;
  /** What may have signed: the secret, and the one before it while that is still good. */
  sealed: Sealed[];
};

type Row = Omit<Hook, 'sealed'> & {
  ciphertext: Buffer | null;
  wrappedKey: Buffer | null;
  masterKeyId: string | null;
  oldCiphertext: Buffer | null;
  oldWrappedKey: Buffer | null;
  oldMasterKeyId: string | null;
};

/** A webhook, on or off, of a workflow that is there. */
export async function findHook(pool: Pool, id: string): Promise<Hook | undefined> {
  const { rows } = await pool.query<Row>({
    name: 'hook-find',
    text: `select t.id, t.workspace_id as "workspaceId", t.workflow_id as "workflowId", t.enabled, t.config, t.ciphertext,
       l.trigger_id is not null as listening,
       t.wrapped_key as "wrappedKey", t.master_key_id as "masterKeyId",
       case when t.old_until > now() then t.old_ciphertext end as "oldCiphertext",
       t.old_wrapped_key as "oldWrappedKey", t.old_master_key_id as "oldMasterKeyId"
     from trigger t join workflow w on w.id = t.workflow_id and w.deleted_at is null
       left join trigger_listening l on l.trigger_id = t.id and l.request is null and l.until > now()
     where t.id = $1 and t.kind = 'webhook'`,
    values: [id],
  });
  const [row] = rows;
  if (row === undefined) return undefined;
  const { ciphertext, wrappedKey, masterKeyId, ...more } = row;
  const { oldCiphertext, oldWrappedKey, oldMasterKeyId, ...hook } = more;
  const sealed = [
    ...sealedOf(ciphertext, wrappedKey, masterKeyId),
    ...sealedOf(oldCiphertext, oldWrappedKey, oldMasterKeyId),
  ];
  return { ...hook, config: storedWebhookConfig.parse(hook.config), sealed };
}

/**
 * Takes one request from a webhook's budget; false beyond it. The row's lock makes all processes wait their turn, so the
 * budget is one for all of them; a request beyond it writes nothing. To be called for signed requests alone: strangers
 * must not use it up.
 */
export async function takeTurn(
  pool: Pool,
  id: string,
  perSecond = hooksPerSecond,
): Promise<boolean> {
  const { rowCount } = await pool.query({
    name: 'hook-turn',
    text: `update trigger set free_at = greatest(free_at, clock_timestamp()) + make_interval(secs => 1 / $2::float8)
       where id = $1 and (free_at is null
         or free_at <= clock_timestamp() + make_interval(secs => ($3::float8 - 1) / $2::float8))`,
    values: [id, perSecond, (perSecond * hookBurst) / hooksPerSecond],
  });
  return rowCount === 1;
}

function sealedOf(
  ciphertext: Buffer | null,
  wrappedKey: Buffer | null,
  masterKeyId: string | null,
): Sealed[] {
  if (ciphertext === null || wrappedKey === null || masterKeyId === null) return [];
  return [
    {
      ciphertext: new Uint8Array(ciphertext),
      wrappedKey: new Uint8Array(wrappedKey),
      masterKeyId,
    },
  ];
}

export type RunResult = {
  status: RunStatus;
  output: unknown;
  error: Failure | null;
  ended: boolean;
};

/** How a run stands; undefined when there is none. */
export async function readResult(pool: Pool, runId: string): Promise<RunResult | undefined> {
  const { rows } = await pool.query<RunResult>(
    'select status, output, error, finished_at is not null as ended from run where id = $1',
    [runId],
  );
  return rows[0];
}
