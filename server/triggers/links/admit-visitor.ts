import { AppError, isAppError } from '@/lib/api/errors';
import type { LinkReader } from '@/lib/triggers/link';
import { addressOf } from '@/server/front/client';
import { checkOrigin } from '@/server/http/check-origin';
import { takeTurns } from '@/server/people/rate-limit';
import { actorOf, readCaller } from '@/server/people/read-actor';
import type { Services } from '@/server/services';
import { noteRefused } from '../deliveries';
import { takeUse } from './link-store';

type Link = { id: string; workspaceId: string };

/**
 * Who opens a link, before anything else of their request is read: a member of the workspace where only members may, else
 * nobody in particular, whatever cookie they have. Changes are refused to pages of other origins. Throws `unauthenticated`,
 * `forbidden`.
 */
export async function admitVisitor(
  services: Services,
  { workspaceId }: Link,
  who: LinkReader,
  request: Pick<Request, 'headers' | 'method'>,
): Promise<{ userId: string } | undefined> {
  checkOrigin(services.config, request);
  if (who === 'anyone') return undefined;
  const caller = await readCaller(services, request.headers);
  const { userId } = await actorOf(services, caller, workspaceId).catch(foreign);
  return { userId };
}

/** Whoever has the link knows of it already, so it is said why nothing is shown. */
function foreign(error: unknown): never {
  if (!isAppError(error) || error.code !== 'not_found') throw error;
  throw new AppError('forbidden', 'Only members of its workspace may open this.');
}

/** The part of a link's budget that one address may use. */
const shareOf = (perMinute: number) => Math.max(3, Math.ceil(perMinute / 3));

/**
 * Takes one use of a link: first from what its address may use of it, so that one sender cannot use it up for all, then
 * from the link's own. Throws `too_many_requests`.
 */
export async function takeFromLink(
  services: Services,
  link: Link & { config: { perMinute: number; perDay: number } },
  request: Pick<Request, 'headers'>,
): Promise<void> {
  const { perMinute, perDay } = link.config;
  const key = `link|${link.id}|${addressOf(request.headers) ?? 'unknown'}`;
  const turns = await takeTurns(services.prisma, [{ key, most: shareOf(perMinute) }]);
  if (!turns.ok) throw tooMany(turns.secondsLeft);
  const used = await takeUse(services.pool, link.id, { perMinute, perDay });
  if (used === undefined) return;
  const per = used === 'day' ? `${perDay} a day` : `${perMinute} a minute`;
  await noteRefused(services, link.id, `Too many: ${per} are taken.`);
  throw used === 'day'
    ? new AppError('too_many_requests', 'No more is taken today. Try again tomorrow.', {
        retryAfter: 3_600,
      })
    : tooMany(Math.ceil(60 / perMinute));
}

const tooMany = (retryAfter: number) =>
  new AppError('too_many_requests', 'Too many at once. Wait a moment, then try again.', {
    retryAfter,
  });
