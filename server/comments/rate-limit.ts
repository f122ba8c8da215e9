import { AppError } from '@/lib/api/errors';
import { commentLimits } from '@/lib/comments/schema';
import type { Actor } from '@/lib/people/schema';
import type { Services } from '@/server/services';
import { countInMinute } from './store';

/** Throws `too_many_requests` when this person wrote too many comments within a minute. */
export async function holdRate({ pool }: Pick<Services, 'pool'>, actor: Actor): Promise<void> {
  const count = await countInMinute(pool, `comments|${actor.userId}`, Date.now());
  if (count <= commentLimits.perMinute) return;
  throw new AppError(
    'too_many_requests',
    `The limit is ${commentLimits.perMinute} comments per minute. Wait a moment, then send it again.`,
  );
}
