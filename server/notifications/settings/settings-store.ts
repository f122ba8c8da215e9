import type { Pool, PoolClient } from 'pg';
import type { NotificationKind } from '@/lib/notifications/contract';
import type { TriggeredTo } from '@/lib/notifications/recipients';
import type { HookEvent, NotificationSettings } from '@/lib/notifications/settings-contract';

type Db = Pick<Pool | PoolClient, 'query'>;
type Who = { userId: string; workspaceId: string };

const usual: NotificationSettings = {
  triggeredTo: 'publisher',
  mailConnection: null,
  webhook: null,
};

type Row = {
  workspaceId: string;
  triggeredTo: TriggeredTo;
  mailConnection: string | null;
  url: string | null;
  connection: string | null;
  events: HookEvent[];
};

/** The settings of some workspaces; one that set nothing has the usual ones. */
export async function settingsOf(
  db: Db,
  workspaceIds: readonly string[],
): Promise<Map<string, NotificationSettings>> {
  const { rows } = await db.query<Row>(
    `select workspace_id as "workspaceId", triggered_to as "triggeredTo", mail_connection as "mailConnection",
       hook_url as url, hook_connection as connection, hook_events as events
     from notification_setting where workspace_id = any($1)`,
    [workspaceIds],
  );
  const found = new Map(workspaceIds.map((id) => [id, usual]));
  for (const { workspaceId, url, connection, events, ...rest } of rows) {
    const { triggeredTo, mailConnection } = rest;
    const webhook = url === null || connection === null ? null : { url, connection, events };
    found.set(workspaceId, { triggeredTo, mailConnection, webhook });
  }
  return found;
}

export async function settingOf(db: Db, workspaceId: string): Promise<NotificationSettings> {
  return (await settingsOf(db, [workspaceId])).get(workspaceId) ?? usual;
}

/** Holds the settings of a workspace until the transaction ends, so that one saves them at a time. */
export async function holdSettings(
  client: PoolClient,
  workspaceId: string,
): Promise<NotificationSettings> {
  // A workspace that set nothing has no row yet, and nothing to hold.
  await client.query(
    `insert into notification_setting (workspace_id, triggered_to, mail_connection, hook_url, hook_connection, hook_events)
     values ($1, $2, null, null, null, '{}') on conflict do nothing`,
    [workspaceId, usual.triggeredTo],
  );
  await client.query('select from notification_setting where workspace_id = $1 for update', [
    workspaceId,
  ]);
  return settingOf(client, workspaceId);
}

export async function saveSettings(
  db: Db,
  workspaceId: string,
  { triggeredTo, mailConnection, webhook }: NotificationSettings,
): Promise<void> {
  await db.query(
    `insert into notification_setting (workspace_id, triggered_to, mail_connection, hook_url, hook_connection, hook_events)
     values ($1, $2, $3, $4, $5, $6)
     on conflict (workspace_id) do update set triggered_to = excluded.triggered_to,
       mail_connection = excluded.mail_connection, hook_url = excluded.hook_url,
       hook_connection = excluded.hook_connection, hook_events = excluded.hook_events`,
    [
      ...[workspaceId, triggeredTo, mailConnection],
      ...[webhook?.url ?? null, webhook?.connection ?? null, webhook?.events ?? []],
    ],
  );
}

export type ChoiceRow = { kind: NotificationKind; bell: boolean; email: boolean };

/** What a person chose, without what they left as it is. */
export async function choicesOf(db: Db, { userId, workspaceId }: Who): Promise<ChoiceRow[]> {
  const { rows } = await db.query<ChoiceRow>(
    'select kind, bell, email from notification_choice where workspace_id = $1 and user_id = $2',
    [workspaceId, userId],
  );
  return rows;
}

export async function saveChoice(
  db: Db,
  { userId, workspaceId }: Who,
  { kind, bell, email }: ChoiceRow,
): Promise<void> {
  await db.query(
    `insert into notification_choice (workspace_id, user_id, kind, bell, email) values ($1, $2, $3, $4, $5)
     on conflict (workspace_id, user_id, kind) do update set bell = excluded.bell, email = excluded.email`,
    [workspaceId, userId, kind, bell, email],
  );
}
