import type { InputOf, ResultOf } from '@/lib/api/define-route';
import type { getComments as contract } from '@/lib/comments/contract';
import type { Actor } from '@/lib/people/schema';
import type { Services } from '@/server/services';
import { viewThread } from './view-thread';

/** A thread with its comments, oldest first. Throws `not_found`. */
export function getComments(
  { pool }: Services,
  actor: Actor,
  { params }: InputOf<typeof contract>,
): Promise<ResultOf<typeof contract>> {
  return viewThread(pool, actor, params.id);
}
