import type { InputOf, ResultOf } from '@/lib/api/define-route';
import { AppError } from '@/lib/api/errors';
import { deviceName } from '@/lib/people/device-name';
import type {
  changeProfile as changeContract,
  endSession as endContract,
  endOtherSessions as endOthersContract,
  listSessions as listContract,
} from '@/lib/people/profile';
import type { Services } from '@/server/services';
import type { Caller } from './read-actor';
import { deleteSessions, membershipsOf, sessionsOf, setPersonName, usesTwoFactor } from './store';

type Needs = Pick<Services, 'prisma' | 'bus'>;

/** Gives the caller another name. Throws `forbidden` to API keys. */
export async function changeProfile(
  services: Needs,
  caller: Caller,
  { body }: InputOf<typeof changeContract>,
): Promise<ResultOf<typeof changeContract>> {
  const { userId, email } = browserOf(caller).person;
  await setPersonName(services.prisma, userId, body.name);
  await announce(services, userId);
  return { id: userId, name: body.name, email };
}

/** Browsers in which the caller is signed in, the last used first. Throws `forbidden` to API keys. */
export async function listSessions(
  { prisma }: Pick<Needs, 'prisma'>,
  caller: Caller,
): Promise<ResultOf<typeof listContract>> {
  const { person, session } = browserOf(caller);
  const rows = await sessionsOf(prisma, person.userId);
  const items = rows.map(({ id, userAgent, ipAddress, createdAt, updatedAt, expiresAt }) => ({
    ...{ id, current: id === session.sessionId, device: deviceName(userAgent) },
    address: ipAddress === '' ? null : ipAddress,
    createdAt: createdAt.toISOString(),
    lastSeenAt: updatedAt.toISOString(),
    expiresAt: expiresAt.toISOString(),
  }));
  return { items, twoFactor: await usesTwoFactor(prisma, person.userId) };
}

/**
 * Signs out another browser: its next request is refused, and its sockets are let go at once. Throws `not_found`, `conflict`
 * for the one that asks, `forbidden` to API keys.
 */
export async function endSession(
  services: Needs,
  caller: Caller,
  { params: { id } }: InputOf<typeof endContract>,
): Promise<ResultOf<typeof endContract>> {
  const { person, session } = browserOf(caller);
  if (id === session.sessionId) {
    throw new AppError('conflict', 'This is the browser that you are using. Sign out instead.');
  }
  const ended = await deleteSessions(services.prisma, person.userId, { id });
  if (ended === 0) throw new AppError('not_found', 'This session has ended already.');
  await announce(services, person.userId);
  return { id };
}

/** The same for all others. */
export async function endOtherSessions(
  services: Needs,
  caller: Caller,
): Promise<ResultOf<typeof endOthersContract>> {
  const { person, session } = browserOf(caller);
  const ended = await deleteSessions(services.prisma, person.userId, {
    id: { not: session.sessionId },
  });
  await announce(services, person.userId);
  return { ended };
}

function browserOf(caller: Caller) {
  if (caller.by === 'session') return caller;
  throw new AppError('forbidden', 'An API key cannot see or change an account. Sign in instead.');
}

/** Processes with sockets look at once who is still signed in. */
async function announce({ prisma, bus }: Needs, userId: string): Promise<void> {
  for (const { workspaceId } of await membershipsOf(prisma, userId))
    bus.publish(`workspace:${workspaceId}`, { kind: 'member', id: userId });
}
