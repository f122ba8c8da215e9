import type { Services } from '@/server/services';
import { forgetEnded, sweepDeliveries } from './delivery-store';
import { tellMessages } from './tell';

type Needs = Pick<Services, 'pool' | 'bus' | 'log'>;
const everyMs = 2_000;

/** Ends what is past its time and gives back what its holder lost; repeating it changes nothing. */
export async function sweepMessages({ pool, bus }: Omit<Needs, 'log'>): Promise<void> {
  for (const workspaceId of await sweepDeliveries(pool)) tellMessages(bus, workspaceId);
}

/** Forgets messages that ended so many days ago. */
export function forgetMessages(pool: Services['pool'], keepDays: number): Promise<void> {
  return forgetEnded(pool, keepDays);
}

/** Sweeps in a process of workers, until it is stopped. */
export function startMessageSweeper(services: Needs): { stop: () => void } {
  let working = false;
  const sweep = () => {
    if (working) return;
    working = true;
    sweepMessages(services)
      .catch((error: unknown) => services.log.warn({ err: error }, 'messages could not be swept'))
      .finally(() => {
        working = false;
      });
  };
  const timer = setInterval(sweep, everyMs);
  return { stop: () => clearInterval(timer) };
}
