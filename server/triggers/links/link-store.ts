import type { Pool } from 'pg';
import { type FormConfig, storedFormConfig } from '@/lib/triggers/forms/schema';
import { type ChatConfig, storedChatConfig } from '@/lib/triggers/schema';
import type { Sealed } from '@/server/models/keys/vault';

type Kinds = { kind: 'form'; config: FormConfig } | { kind: 'chat'; config: ChatConfig };

/** A trigger that can be shared by link, of a workflow that is there. */
export type Linked = Kinds & {
  id: string;
  workspaceId: string;
  workflowId: string;
  enabled: boolean;
  name: string;
  workflowName: string;
  published: boolean;
};

type Row = Omit<Linked, 'config'> & {
  config: unknown;
  ciphertext: Buffer;
  wrappedKey: Buffer;
  masterKeyId: string;
};

/** A trigger that has a link, on or off, with its sealed secret. */
export async function findLinked(
  pool: Pool,
  id: string,
): Promise<{ linked: Linked; sealed: Sealed } | undefined> {
  const { rows } = await pool.query<Row>({
    name: 'link-find',
    text: `select t.id, t.workspace_id as "workspaceId", t.workflow_id as "workflowId", t.kind, t.enabled, t.name, t.config,
       w.name as "workflowName", w.live_version is not null as published,
       t.ciphertext, t.wrapped_key as "wrappedKey", t.master_key_id as "masterKeyId"
     from trigger t join workflow w on w.id = t.workflow_id and w.deleted_at is null
     where t.id = $1 and t.kind in ('form', 'chat') and t.ciphertext is not null`,
    values: [id],
  });
  const [row] = rows;
  if (row === undefined) return undefined;
  const { ciphertext, wrappedKey, masterKeyId, kind, config, ...rest } = row;
  const sealed = {
    ciphertext: new Uint8Array(ciphertext),
    wrappedKey: new Uint8Array(wrappedKey),
    masterKeyId,
  };
  const kinds: Kinds =
    kind === 'form'
      ? { kind, config: storedFormConfig.parse(config) }
      : { kind, config: storedChatConfig.parse(config) };
  return { linked: { ...rest, ...kinds }, sealed };
}

/**
 * Takes one use from a link's budget of a minute and of a day; what is used up, where one is. The row's lock makes all
 * processes wait their turn; what is beyond a budget writes nothing.
 */
export async function takeUse(
  pool: Pool,
  id: string,
  { perMinute, perDay }: { perMinute: number; perDay: number },
): Promise<'minute' | 'day' | undefined> {
  const { rows } = await pool.query<{ taken: boolean; today: boolean }>({
    name: 'link-use',
    text: `with before as (
       select id, coalesce(case when day = current_date then day_used end, 0) >= $3::int as today,
         free_at is null
           or free_at <= clock_timestamp() + make_interval(secs => ($2::float8 - 1) * 60 / $2::float8) as free
       from trigger where id = $1 for update
     ), used as (
       update trigger t set
         free_at = greatest(t.free_at, clock_timestamp()) + make_interval(secs => 60 / $2::float8),
         day = current_date, day_used = case when t.day = current_date then t.day_used + 1 else 1 end
       from before b where t.id = b.id and b.free and not b.today
       returning t.id
     )
     select exists (select from used) as taken, today from before`,
    values: [id, perMinute, perDay],
  });
  const [row] = rows;
  if (row === undefined || row.taken) return undefined;
  return row.today ? 'day' : 'minute';
}
