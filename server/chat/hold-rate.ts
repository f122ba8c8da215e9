import { AppError } from '@/lib/api/errors';
import type { Actor } from '@/lib/people/schema';
import { takeTurns } from '@/server/people/rate-limit';
import type { Services } from '@/server/services';

/**
 * Each message may be a call that costs money: a person has so many a minute, in all threads together. Throws
 * `too_many_requests`.
 */
export async function holdRate(
  { prisma, config }: Pick<Services, 'prisma' | 'config'>,
  { userId }: Pick<Actor, 'userId'>,
): Promise<void> {
  const most = config.chatsPerMinute;
  const turn = await takeTurns(prisma, [{ key: `chat|${userId}`, most }]);
  if (turn.ok) return;
  throw new AppError(
    'too_many_requests',
    `You reached the limit of ${most} messages per minute. Wait ${turn.secondsLeft} seconds, then send it again.`,
    { retryAfter: turn.secondsLeft },
  );
}
