import type { InputOf, ResultOf } from '@/lib/api/define-route';
import { AppError } from '@/lib/api/errors';
import type { Address } from '@/lib/messages/schema';
import type * as contracts from '@/lib/messages/topic-contract';
import type { Actor } from '@/lib/people/schema';
import type { Services } from '@/server/services';
import { mailboxFor } from '../send-messages';
import { tellMessages } from '../tell';
import {
  deleteByPattern,
  deleteSubscription,
  insertSubscription,
  type SubscriptionRow,
  subscriptionsOf,
} from './subscription-store';

type Needs = Pick<Services, 'pool' | 'bus'>;

/** Subscriptions of one mailbox. */
const most = 100;

const toView = ({ createdAt, ...row }: SubscriptionRow) => ({
  ...row,
  createdAt: createdAt.toISOString(),
});

export async function listSubscriptions(
  { pool }: Pick<Services, 'pool'>,
  { workspaceId, userId }: Actor,
  _input: InputOf<typeof contracts.listSubscriptions>,
): Promise<ResultOf<typeof contracts.listSubscriptions>> {
  return { items: (await subscriptionsOf(pool, workspaceId, userId)).map(toView) };
}

/** Throws `not_found` for an unknown recipient, `conflict` where its mailbox has as many as it may. */
export async function subscribe(
  services: Needs,
  { workspaceId, userId }: Actor,
  { body: { topic, to } }: InputOf<typeof contracts.subscribe>,
): Promise<ResultOf<typeof contracts.subscribe>> {
  const address = 'me' in to ? { person: userId } : to;
  return toView(await subscribeMailbox(services, workspaceId, address, topic));
}

/** Throws `not_found`. */
export async function unsubscribe(
  { pool, bus }: Needs,
  { workspaceId, userId }: Actor,
  { params: { id } }: InputOf<typeof contracts.unsubscribe>,
): Promise<ResultOf<typeof contracts.unsubscribe>> {
  if (!(await deleteSubscription(pool, workspaceId, { id, personId: userId }))) {
    throw new AppError('not_found', 'This subscription does not exist.');
  }
  tellMessages(bus, workspaceId);
  return { id };
}

/** An agent subscribes itself, or ends that; the same again changes nothing. */
export async function subscribeAgent(
  services: Needs,
  workspaceId: string,
  { handle, topic, on }: { handle: string; topic: string; on: boolean },
): Promise<void> {
  const address = { agent: handle };
  if (on) {
    await subscribeMailbox(services, workspaceId, address, topic);
    return;
  }
  const mailbox = await mailboxFor(services.pool, workspaceId, address);
  if (mailbox === null) return;
  await deleteByPattern(services.pool, workspaceId, { mailbox: mailbox.id, topic });
  tellMessages(services.bus, workspaceId);
}

async function subscribeMailbox(
  { pool, bus }: Needs,
  workspaceId: string,
  address: Address,
  topic: string,
): Promise<SubscriptionRow> {
  const mailbox = await mailboxFor(pool, workspaceId, address);
  if (mailbox === null) throw new TypeError('a subscription of nobody');
  const made = await insertSubscription(pool, workspaceId, { mailbox: mailbox.id, topic, most });
  if (made === undefined) {
    throw new AppError(
      'conflict',
      `${mailbox.title} has ${most} subscriptions already. End one of them, or use * for several topics.`,
    );
  }
  tellMessages(bus, workspaceId);
  return made;
}
