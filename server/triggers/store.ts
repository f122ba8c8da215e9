import type { Pool, PoolClient } from 'pg';
import type { RunStatus } from '@/lib/runs/schema';
import {
  type ChatConfig,
  type Outcome,
  type ScheduleConfig,
  secretGraceHours,
  type WebhookConfig,
} from '@/lib/triggers/schema';
import type { Sealed } from '@/server/models/keys/vault';

type Db = Pool | PoolClient;
type Kinds =
  | { kind: 'schedule'; config: ScheduleConfig }
  | { kind: 'webhook'; config: WebhookConfig }
  | { kind: 'chat'; config: ChatConfig };

export type TriggerRow = Kinds & {
  id: string;
  workspaceId: string;
  workflowId: string;
  name: string;
  enabled: boolean;
  nextAt: Date | null;
  hint: string;
  /** Until when the secret before this one is good; null when there is none. */
  oldUntil: Date | null;
  oldHint: string;
  createdAt: Date;
  lastAt: Date | null;
  lastRunId: string | null;
  lastRunStatus: RunStatus | null;
};

const columns = `t.id, t.workspace_id as "workspaceId", t.workflow_id as "workflowId", t.kind, t.config, t.name,
  t.enabled, t.next_at as "nextAt", t.hint,
  case when t.old_until > now() then t.old_until end as "oldUntil", t.old_hint as "oldHint", t.created_at as "createdAt", t.last_at as "lastAt",
  r.id as "lastRunId", r.status as "lastRunStatus"`;
const tables = `trigger t join workflow w on w.id = t.workflow_id and w.deleted_at is null
  left join run r on r.id = t.last_run_id`;

/** Triggers of a workflow of this workspace, oldest first. */
export async function triggersOf(
  db: Db,
  workspaceId: string,
  workflowId: string,
): Promise<TriggerRow[]> {
  const { rows } = await db.query<TriggerRow>(
    `select ${columns} from ${tables} where t.workspace_id = $1 and t.workflow_id = $2
     order by t.created_at, t.id`,
    [workspaceId, workflowId],
  );
  return rows;
}

export async function findTrigger(
  db: Db,
  workspaceId: string,
  id: string,
): Promise<TriggerRow | undefined> {
  const { rows } = await db.query<TriggerRow>(
    `select ${columns} from ${tables} where t.workspace_id = $1 and t.id = $2`,
    [workspaceId, id],
  );
  return rows[0];
}

/** Holds the workflow until the transaction ends, so that its triggers can be counted. */
export async function holdWorkflow(client: PoolClient, workflowId: string): Promise<void> {
  await client.query('select from workflow where id = $1 for update', [workflowId]);
}

export type NewTrigger = Kinds & {
  id: string;
  workspaceId: string;
  workflowId: string;
  name: string;
  enabled: boolean;
  nextAt: Date | null;
  createdBy: string;
  secret?: { sealed: Sealed; hint: string };
};

export async function insertTrigger(client: PoolClient, given: NewTrigger): Promise<void> {
  const { sealed, hint } = given.secret ?? { sealed: undefined, hint: '' };
  await client.query(
    `insert into trigger (id, workspace_id, workflow_id, kind, name, enabled, config, next_at, created_by,
       ciphertext, wrapped_key, master_key_id, hint)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)`,
    [
      given.id,
      given.workspaceId,
      given.workflowId,
      given.kind,
      given.name,
      given.enabled,
      JSON.stringify(given.config),
      given.nextAt,
      given.createdBy,
      sealed && Buffer.from(sealed.ciphertext),
      sealed && Buffer.from(sealed.wrappedKey),
      sealed?.masterKeyId,
      hint,
    ],
  );
}

export type TriggerValues = Pick<TriggerRow, 'name' | 'enabled' | 'config' | 'nextAt'>;

export async function updateValues(
  client: PoolClient,
  id: string,
  { name, enabled, config, nextAt }: TriggerValues,
): Promise<void> {
  await client.query(
    `update trigger set name = $2, enabled = $3, config = $4, next_at = $5, updated_at = now() where id = $1`,
    [id, name, enabled, JSON.stringify(config), nextAt],
  );
}

/** Puts a new secret in place of the old one, which stays good for some hours; the one before that is over. */
export async function updateSecret(
  client: PoolClient,
  id: string,
  { sealed, hint }: { sealed: Sealed; hint: string },
): Promise<void> {
  await client.query(
    `update trigger set old_ciphertext = ciphertext, old_wrapped_key = wrapped_key, old_master_key_id = master_key_id,
       old_hint = hint, old_until = now() + make_interval(hours => $6), ciphertext = $2, wrapped_key = $3,
       master_key_id = $4, hint = $5, updated_at = now()
     where id = $1`,
    [
      id,
      Buffer.from(sealed.ciphertext),
      Buffer.from(sealed.wrappedKey),
      sealed.masterKeyId,
      hint,
      secretGraceHours,
    ],
  );
}

/** Ends the time of the old secret and forgets it. */
export async function forgetOldSecret(client: PoolClient, id: string): Promise<void> {
  await client.query(
    `update trigger set old_ciphertext = null, old_wrapped_key = null, old_master_key_id = null, old_hint = '',
       old_until = null, updated_at = now()
     where id = $1`,
    [id],
  );
}

export async function removeTrigger(client: PoolClient, id: string): Promise<void> {
  await client.query('delete from trigger where id = $1', [id]);
}

export type DeliveryRow = {
  id: string;
  at: Date;
  outcome: Outcome;
  note: string;
  runId: string | null;
  runStatus: RunStatus | null;
};

export const maxDeliveries = 50;

export async function deliveriesOf(db: Db, triggerId: string): Promise<DeliveryRow[]> {
  const { rows } = await db.query<DeliveryRow>(
    `select d.id::text, d.at, d.outcome, d.note, r.id as "runId", r.status as "runStatus"
     from trigger_delivery d left join run r on r.id = d.run_id
     where d.trigger_id = $1 order by d.id desc limit $2`,
    [triggerId, maxDeliveries],
  );
  return rows;
}
