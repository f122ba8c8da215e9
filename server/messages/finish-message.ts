import type { InputOf, ResultOf } from '@/lib/api/define-route';
import { AppError } from '@/lib/api/errors';
import type { finishMessage as contract } from '@/lib/messages/contract';
import type { Actor } from '@/lib/people/schema';
import type { Services } from '@/server/services';
import { endForPerson } from './delivery-store';
import { deliveriesOf } from './read-store';
import { tellMessages } from './tell';

/** Ends a message in the actor's own mailbox. Throws `not_found`, and `conflict` where a program works on it. */
export async function finishMessage(
  { pool, bus }: Pick<Services, 'pool' | 'bus'>,
  { workspaceId, userId }: Actor,
  { params: { id } }: InputOf<typeof contract>,
): Promise<ResultOf<typeof contract>> {
  const reason = 'It was marked as done.';
  const ended = await endForPerson(pool, { workspaceId, message: id, personId: userId, reason });
  if (ended) tellMessages(bus, workspaceId);
  const left = ended ? [] : await ownDeliveries(pool, workspaceId, userId, id);
  if (!ended && left.length === 0) {
    throw new AppError('not_found', 'This message is not in your mailbox.');
  }
  if (left.some(({ state }) => state === 'held')) {
    throw new AppError('conflict', 'A program has taken this message. Nothing was changed.');
  }
  return { done: true };
}

async function ownDeliveries(
  pool: Services['pool'],
  workspaceId: string,
  personId: string,
  message: string,
) {
  const found = await deliveriesOf(pool, workspaceId, { personId, message, limit: 1_000 });
  return found.filter(({ yours }) => yours);
}
