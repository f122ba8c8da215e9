import type { InputOf, ResultOf } from '@/lib/api/define-route';
import { usualChoice } from '@/lib/notifications/choices';
import { notificationKinds } from '@/lib/notifications/contract';
import type {
  listChoices as listContract,
  putChoice as putContract,
} from '@/lib/notifications/settings-contract';
import type { Actor } from '@/lib/people/schema';
import type { Services } from '@/server/services';
import { choicesOf, saveChoice, settingOf } from './settings-store';

/** What the actor gets of each kind, chosen or as usual. */
export async function listChoices(
  { pool }: Pick<Services, 'pool'>,
  actor: Actor,
): Promise<ResultOf<typeof listContract>> {
  const [chosen, { mailConnection }] = await Promise.all([
    choicesOf(pool, actor),
    settingOf(pool, actor.workspaceId),
  ]);
  const known = new Map(chosen.map((row) => [row.kind, row]));
  return {
    items: notificationKinds.map((kind) => known.get(kind) ?? { kind, ...usualChoice(kind) }),
    mail: mailConnection !== null,
  };
}

/** Chooses for one kind, for the actor alone. */
export async function putChoice(
  { pool, bus }: Pick<Services, 'pool' | 'bus'>,
  actor: Actor,
  { body }: InputOf<typeof putContract>,
): Promise<ResultOf<typeof putContract>> {
  await saveChoice(pool, actor, body);
  bus.publish(`workspace:${actor.workspaceId}`, { kind: 'notification', id: actor.userId });
  return body;
}
