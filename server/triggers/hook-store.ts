import type { Pool } from 'pg';
import type { Failure, RunStatus } from '@/lib/runs/schema';
import type { WebhookConfig } from '@/lib/triggers/schema';
import type { Sealed } from '@/server/models/vault';

export type Hook = {
  id: string;
  workspaceId: string;
  workflowId: string;
  config: WebhookConfig;
  sealed: Sealed;
};

/** A webhook that is on, of a workflow that is there. */
export async function findHook(pool: Pool, id: string): Promise<Hook | undefined> {
  const { rows } = await pool.query<
    Omit<Hook, 'sealed'> & { ciphertext: Buffer; wrappedKey: Buffer; masterKeyId: string }
  >(
    `select t.id, t.workspace_id as "workspaceId", t.workflow_id as "workflowId", t.config, t.ciphertext,
       t.wrapped_key as "wrappedKey", t.master_key_id as "masterKeyId"
     from trigger t join workflow w on w.id = t.workflow_id and w.deleted_at is null
     where t.id = $1 and t.kind = 'webhook' and t.enabled`,
    [id],
  );
  const [row] = rows;
  if (row === undefined) return undefined;
  const { ciphertext, wrappedKey, masterKeyId, ...hook } = row;
  const sealed = {
    ciphertext: new Uint8Array(ciphertext),
    wrappedKey: new Uint8Array(wrappedKey),
    masterKeyId,
  };
  return { ...hook, sealed };
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
