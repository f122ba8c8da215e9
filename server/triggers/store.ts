import type { Pool, PoolClient } from 'pg';
import type { RunStatus } from '@/lib/runs/schema';
import { type FormConfig, storedFormConfig } from '@/lib/triggers/forms/schema';
import { type MailConfig, storedMailConfig } from '@/lib/triggers/mail/schema';
import {
  type ChatConfig,
  type Outcome,
  type ScheduleConfig,
  secretGraceHours,
  storedChatConfig,
  storedWebhookConfig,
  type WebhookConfig,
} from '@/lib/triggers/schema';
import type { Sealed } from '@/server/models/keys/vault';
import type { HookSecret } from './secrets';

type Db = Pool | PoolClient;
type Kinds =
  | { kind: 'schedule'; config: ScheduleConfig }
  | { kind: 'webhook'; config: WebhookConfig }
  | { kind: 'chat'; config: ChatConfig }
  | { kind: 'form'; config: FormConfig }
  | { kind: 'mail'; config: MailConfig };

export type TriggerRow = Kinds & {
  id: string;
  workspaceId: string;
  workflowId: string;
  name: string;
  enabled: boolean;
  nextAt: Date | null;
  hint: string;
  /** A webhook whose sender makes the secret has none until somebody enters it. */
  hasSecret: boolean;
  /** Until when the secret before this one is good; null when there is none. */
  oldUntil: Date | null;
  oldHint: string;
  createdAt: Date;
  lastAt: Date | null;
  lastRunId: string | null;
  lastRunStatus: RunStatus | null;
  /** Of a mailbox: when it was last looked at, and why it could not be read. */
  lookedAt: Date | null;
  mailProblem: string | null;
};

const columns = `t.id, t.workspace_id as "workspaceId", t.workflow_id as "workflowId", t.kind, t.config, t.name,
  t.enabled, t.next_at as "nextAt", t.hint, t.ciphertext is not null as "hasSecret",
  case when t.old_until > now() then t.old_until end as "oldUntil", t.old_hint as "oldHint", t.created_at as "createdAt", t.last_at as "lastAt",
  r.id as "lastRunId", r.status as "lastRunStatus",
  m.looked_at as "lookedAt", m.problem as "mailProblem"`;
const tables = `trigger t join workflow w on w.id = t.workflow_id and w.deleted_at is null
  left join run r on r.id = t.last_run_id left join trigger_mailbox m on m.trigger_id = t.id`;

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
  return rows.map(complete);
}

/** The row with settings that it may not have yet. */
function complete(row: TriggerRow): TriggerRow {
  switch (row.kind) {
    case 'schedule':
      return row;
    case 'webhook':
      return { ...row, config: storedWebhookConfig.parse(row.config) };
    case 'chat':
      return { ...row, config: storedChatConfig.parse(row.config) };
    case 'form':
      return { ...row, config: storedFormConfig.parse(row.config) };
    case 'mail':
      return { ...row, config: storedMailConfig.parse(row.config) };
  }
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
  return rows[0] && complete(rows[0]);
}

/** Holds a trigger until the transaction ends, so that one changes it at a time. */
export async function holdTrigger(
  client: PoolClient,
  workspaceId: string,
  id: string,
): Promise<TriggerRow | undefined> {
  await client.query('select from trigger where workspace_id = $1 and id = $2 for update', [
    workspaceId,
    id,
  ]);
  return findTrigger(client, workspaceId, id);
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
  secret: HookSecret | undefined;
};

export async function insertTrigger(client: PoolClient, given: NewTrigger): Promise<void> {
  const { sealed, hint = '' }: Partial<HookSecret> = given.secret ?? {};
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
  { sealed, hint }: HookSecret,
  config: WebhookConfig,
): Promise<void> {
  await client.query(
    `update trigger set old_ciphertext = ciphertext, old_wrapped_key = wrapped_key, old_master_key_id = master_key_id,
       old_hint = hint, old_until = case when ciphertext is not null then now() + make_interval(hours => $6) end, ciphertext = $2, wrapped_key = $3,
       master_key_id = $4, hint = $5, config = $7, updated_at = now()
     where id = $1`,
    [
      id,
      Buffer.from(sealed.ciphertext),
      Buffer.from(sealed.wrappedKey),
      sealed.masterKeyId,
      hint,
      secretGraceHours,
      JSON.stringify(config),
    ],
  );
}

/** Puts another secret, or none, in place of all there were, with the way in which it is used. */
export async function replaceSecret(
  client: PoolClient,
  id: string,
  config: TriggerRow['config'],
  secret: HookSecret | undefined,
): Promise<void> {
  const sealed: Partial<Sealed> = secret?.sealed ?? {};
  await client.query(
    `update trigger set config = $2, ciphertext = $3, wrapped_key = $4, master_key_id = $5, hint = $6, updated_at = now()
     where id = $1`,
    [
      id,
      JSON.stringify(config),
      sealed.ciphertext && Buffer.from(sealed.ciphertext),
      sealed.wrappedKey && Buffer.from(sealed.wrappedKey),
      sealed.masterKeyId,
      secret?.hint ?? '',
    ],
  );
  await forgetOldSecret(client, id);
}

/** The secret of a webhook as it is stored. */
export async function sealedOf(db: Db, id: string): Promise<Sealed | undefined> {
  const { rows } = await db.query<Record<keyof Sealed, Buffer | string | null>>(
    `select ciphertext, wrapped_key as "wrappedKey", master_key_id as "masterKeyId" from trigger where id = $1`,
    [id],
  );
  const { ciphertext, wrappedKey, masterKeyId } = rows[0] ?? {};
  if (!(ciphertext instanceof Buffer) || !(wrappedKey instanceof Buffer)) return undefined;
  return {
    ciphertext: new Uint8Array(ciphertext),
    wrappedKey: new Uint8Array(wrappedKey),
    masterKeyId: String(masterKeyId),
  };
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
