import type { Pool } from 'pg';
import type { InputOf, ResultOf } from '@/lib/api/define-route';
import { AppError } from '@/lib/api/errors';
import type * as contracts from '@/lib/messages/contract';
import type { MailboxView } from '@/lib/messages/schema';
import type { Actor } from '@/lib/people/schema';
import type { Services } from '@/server/services';
import { changeMailbox, insertMailbox, mailboxesOf, waitingForPerson } from './mailbox-store';
import { deliveriesOf } from './read-store';
import { tellMessages } from './tell';

const noMailbox = () => new AppError('not_found', 'This mailbox does not exist.');

/** Mailboxes of agents and pools, and the actor's own. */
export async function listMailboxes(
  { pool }: Pick<Services, 'pool'>,
  { workspaceId, userId }: Actor,
  _input: InputOf<typeof contracts.listMailboxes>,
): Promise<ResultOf<typeof contracts.listMailboxes>> {
  return { items: await mailboxesOf(pool, workspaceId, userId) };
}

/** What waits in the actor's own mailbox. */
export async function countNewMessages(
  { pool }: Pick<Services, 'pool'>,
  { workspaceId, userId }: Actor,
  _input: InputOf<typeof contracts.countNewMessages>,
): Promise<ResultOf<typeof contracts.countNewMessages>> {
  return { new: await waitingForPerson(pool, workspaceId, userId) };
}

/** Throws `not_found`. */
export async function requireMailbox(
  pool: Pool,
  { workspaceId, userId }: Actor,
  id: string,
): Promise<MailboxView> {
  const found = (await mailboxesOf(pool, workspaceId, userId)).find((one) => one.id === id);
  if (found === undefined) throw noMailbox();
  return found;
}

/** Throws `conflict` for a taken name. */
export async function createPool(
  { pool, bus }: Pick<Services, 'pool' | 'bus'>,
  actor: Actor,
  { body: { name } }: InputOf<typeof contracts.createPool>,
): Promise<ResultOf<typeof contracts.createPool>> {
  const { workspaceId, userId } = actor;
  if (!(await insertMailbox(pool, workspaceId, 'pool', name))) {
    throw new AppError('conflict', `There is already a pool "${name}". Choose another name.`);
  }
  tellMessages(bus, workspaceId);
  const all = await mailboxesOf(pool, workspaceId, userId);
  const made = all.find((one) => one.kind === 'pool' && one.name === name);
  if (made === undefined) throw noMailbox();
  return made;
}

/** Throws `not_found`. */
export async function updateMailbox(
  { pool, bus }: Pick<Services, 'pool' | 'bus'>,
  actor: Actor,
  { params: { id }, body }: InputOf<typeof contracts.updateMailbox>,
): Promise<ResultOf<typeof contracts.updateMailbox>> {
  const found = await requireMailbox(pool, actor, id);
  await changeMailbox(pool, actor.workspaceId, id, body);
  tellMessages(bus, actor.workspaceId);
  return requireMailbox(pool, actor, found.id);
}

/** Throws `not_found`. */
export async function listDeliveries(
  { pool }: Pick<Services, 'pool'>,
  actor: Actor,
  { params: { id }, query: { state, limit } }: InputOf<typeof contracts.listDeliveries>,
): Promise<ResultOf<typeof contracts.listDeliveries>> {
  await requireMailbox(pool, actor, id);
  const given = { personId: actor.userId, mailbox: id, state, limit };
  return { items: await deliveriesOf(pool, actor.workspaceId, given) };
}

/** A message's life. Throws `not_found`. */
export async function getMessage(
  { pool }: Pick<Services, 'pool'>,
  { workspaceId, userId }: Actor,
  { params: { id } }: InputOf<typeof contracts.getMessage>,
): Promise<ResultOf<typeof contracts.getMessage>> {
  const deliveries = await deliveriesOf(pool, workspaceId, {
    personId: userId,
    message: id,
    limit: 1_000,
  });
  if (deliveries.length === 0) throw new AppError('not_found', 'This message does not exist.');
  return { deliveries };
}
