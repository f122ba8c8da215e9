import { lockChannel } from '@/lib/memory/locks/channel';
import { transaction } from '@/server/db/transaction';
import { sendEvent } from '@/server/events/send-event';
import type { Services } from '@/server/services';
import { holdLocks, noteTold, spacesToSettle, untoldLocks } from '../lock-store';
import { tellMemory } from '../tell';
import { settleLocks } from './settle-locks';

type Needs = Pick<Services, 'pool' | 'bus' | 'engine' | 'log'>;
const everyMs = 1_000;

/** Ends what is over, gives locks to whoever waits, and tells steps of theirs. Repeating it changes nothing. */
export async function keepLocks(services: Needs): Promise<void> {
  const { pool, bus } = services;
  for (const space of await spacesToSettle(pool)) {
    await transaction(pool, async (client) => {
      if (await holdLocks(client, space)) await settleLocks(client, space);
    });
    tellMemory(bus, space);
  }
  for (const { token, workspaceId, path, mode, leaseUntil } of await untoldLocks(pool)) {
    const channel = lockChannel(token);
    const payload = { token, path, mode, until: leaseUntil.toISOString() };
    const actor = {
      userId: 'memory',
      name: 'Memory',
      email: '',
      role: 'editor' as const,
      workspaceId,
    };
    const headers = new Headers({ 'idempotency-key': channel });
    // Told again after a crash: the key lets it be one event.
    await sendEvent(
      services,
      actor,
      { params: {}, query: {}, body: { channel, payload } },
      { headers },
    );
    await noteTold(pool, token);
  }
}

/** Keeps locks in a process of workers, until it is stopped. */
export function startLockKeeper(services: Needs): { stop: () => void } {
  let working = false;
  const keep = () => {
    if (working) return;
    working = true;
    keepLocks(services)
      .catch((error: unknown) =>
        services.log.warn({ err: error }, 'locks of memory could not be kept'),
      )
      .finally(() => {
        working = false;
      });
  };
  const timer = setInterval(keep, everyMs);
  return { stop: () => clearInterval(timer) };
}
