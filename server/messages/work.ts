import type { Pool } from 'pg';
import type { InputOf, ResultOf } from '@/lib/api/define-route';
import type * as contracts from '@/lib/messages/contract';
import { retryDelayMs } from '@/lib/messages/schema';
import type { Actor } from '@/lib/people/schema';
import { transaction } from '@/server/db/transaction';
import type { Services } from '@/server/services';
import { claim, holdMailboxes, promote, redrive, type Settle, settle } from './delivery-store';
import { requireMailbox } from './mailboxes';
import { deliveriesOf } from './read-store';
import { tellMessages } from './tell';

const holderOf = ({ userId }: Actor, holder: string) => `person:${userId}/${holder}`;

/** Takes the next messages for an agent elsewhere. Throws `not_found`. */
export async function claimMessages(
  { pool, bus }: Pick<Services, 'pool' | 'bus'>,
  actor: Actor,
  {
    params: { id },
    body: { limit, leaseSeconds, holder },
  }: InputOf<typeof contracts.claimMessages>,
): Promise<ResultOf<typeof contracts.claimMessages>> {
  await requireMailbox(pool, actor, id);
  const given = { mailbox: id, limit, leaseSeconds, holder: holderOf(actor, holder) };
  const taken = await claim(pool, actor.workspaceId, given);
  tellMessages(bus, actor.workspaceId);
  const messages = taken.map(({ mailId }) => mailId);
  const asked = { personId: actor.userId, mailbox: id, messages, limit };
  const found = new Map(
    (await deliveriesOf(pool, actor.workspaceId, asked)).map((one) => [one.message, one]),
  );
  return {
    items: taken.flatMap(({ mailId, attempt }) => {
      const delivery = found.get(mailId);
      return delivery === undefined ? [] : [{ delivery, attempt }];
    }),
  };
}

/** Settles what the holder holds; whatever is somebody else's by now is counted as lost. */
export async function settleDeliveries(
  { pool, bus }: Pick<Services, 'pool' | 'bus'>,
  actor: Actor,
  { body: { holder, items } }: InputOf<typeof contracts.settleDeliveries>,
): Promise<ResultOf<typeof contracts.settleDeliveries>> {
  const given = items.map((item) => ({
    ...item,
    delayMs: retryDelayMs(item.attempt, Math.random()),
  }));
  const settled = await settleAll(pool, actor.workspaceId, holderOf(actor, holder), given);
  tellMessages(bus, actor.workspaceId);
  return { settled, lost: items.length - settled };
}

/** In one commit: what ends, what goes back, and who stands first now where the order counts. */
export function settleAll(
  pool: Pool,
  workspaceId: string,
  holder: string,
  items: readonly Settle[],
): Promise<number> {
  const mailboxes = [...new Set(items.map(({ mailbox }) => mailbox))];
  return transaction(pool, async (client) => {
    await holdMailboxes(client, mailboxes);
    const settled = await settle(client, workspaceId, holder, items);
    await promote(client, mailboxes);
    return settled;
  });
}

/** Sends dead and expired messages again. */
export async function redriveDead(
  { pool, bus }: Pick<Services, 'pool' | 'bus'>,
  { workspaceId, userId }: Actor,
  { body: { message, mailbox } }: InputOf<typeof contracts.redriveDead>,
): Promise<ResultOf<typeof contracts.redriveDead>> {
  const which = {
    personId: userId,
    ...(message === undefined ? {} : { message }),
    ...(mailbox === undefined ? {} : { mailbox }),
  };
  const redriven = await transaction(pool, (client) => redrive(client, workspaceId, which));
  tellMessages(bus, workspaceId);
  return { redriven };
}
