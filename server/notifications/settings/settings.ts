import type { InputOf, ResultOf } from '@/lib/api/define-route';
import { AppError } from '@/lib/api/errors';
import type { ConnectionKind } from '@/lib/connections/schema';
import {
  type getNotificationSettings as getContract,
  notificationSettingsSchema,
  type putNotificationSettings as putContract,
  type testNotification as testContract,
} from '@/lib/notifications/settings-contract';
import type { Actor } from '@/lib/people/schema';
import { requireNamed } from '@/server/connections/require-named';
import { requireUnchanged } from '@/server/db/require-unchanged';
import { transaction } from '@/server/db/transaction';
import { insertAudit } from '@/server/people/insert-audit';
import type { Services } from '@/server/services';
import { insertTest } from '../deliveries/delivery-store';
import { holdSettings, saveSettings, settingOf } from './settings-store';

type Needs = Pick<Services, 'pool'>;

export function getNotificationSettings(
  { pool }: Needs,
  actor: Actor,
): Promise<ResultOf<typeof getContract>> {
  return settingOf(pool, actor.workspaceId);
}

/** Throws `invalid_input` for a connection that does not exist, or cannot do this. */
export async function putNotificationSettings(
  { pool }: Needs,
  actor: Actor,
  { body: { was, ...body } }: InputOf<typeof putContract>,
): Promise<ResultOf<typeof putContract>> {
  const { mailConnection, webhook } = body;
  const { workspaceId } = actor;
  if (mailConnection !== null) {
    await requireKind(pool, workspaceId, mailConnection, 'smtp', 'a mail server (SMTP)');
  }
  if (webhook !== null) {
    await requireKind(pool, workspaceId, webhook.connection, 'signature', 'a webhook signature');
  }
  await transaction(pool, async (client) => {
    const now = await holdSettings(client, workspaceId);
    requireUnchanged(notificationSettingsSchema, was, now, 'How notifications are sent');
    await saveSettings(client, workspaceId, body);
    const subject = { type: 'workspace', id: workspaceId } as const;
    await insertAudit(client, actor, 'notifications.set', subject, {
      ...{ triggeredTo: body.triggeredTo, mailConnection },
      webhook: webhook === null ? null : { connection: webhook.connection, events: webhook.events },
    });
  });
  return body;
}

/** Throws `conflict` where nothing is set that could send it. */
export async function testNotification(
  { pool }: Needs,
  actor: Actor,
  { body: { channel } }: InputOf<typeof testContract>,
): Promise<ResultOf<typeof testContract>> {
  const { mailConnection, webhook } = await settingOf(pool, actor.workspaceId);
  if ((channel === 'mail' ? mailConnection : webhook) === null) {
    const what = channel === 'mail' ? 'the mail server' : 'the webhook';
    throw new AppError('conflict', `Set ${what} and save first: there is nothing to test.`);
  }
  return { id: await insertTest(pool, actor, channel) };
}

async function requireKind(
  pool: Needs['pool'],
  workspaceId: string,
  name: string,
  kind: ConnectionKind,
  title: string,
): Promise<void> {
  const found = await requireNamed({ pool }, workspaceId, name);
  if (found.kind === kind) return;
  throw new AppError('invalid_input', `connection: "${name}" is not ${title}.`);
}
