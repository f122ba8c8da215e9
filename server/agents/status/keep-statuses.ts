import { busyWorkspaces } from '@/server/runs/reading/live-workers';
import type { Services } from '@/server/services';
import { standingsOf } from './standing';
import { forgetChanges, unsettledWorkspaces } from './state-store';

type Needs = Pick<Services, 'pool' | 'bus' | 'log'>;
const everyMs = 5_000;

/** Notices how agents stand where something is going on, so that their history has no gaps while nobody looks. */
export async function keepStatuses({ pool, bus }: Omit<Needs, 'log'>): Promise<void> {
  const found = [...(await busyWorkspaces(pool)), ...(await unsettledWorkspaces(pool))];
  for (const workspaceId of new Set(found)) await standingsOf({ pool, bus }, workspaceId);
}

/** Forgets changes of statuses that are so many days old. */
export function forgetStatuses(pool: Services['pool'], keepDays: number): Promise<void> {
  return forgetChanges(pool, keepDays);
}

/** Does so in a process of workers, until it is stopped. */
export function startStatusKeeper(services: Needs): { stop: () => void } {
  let working = false;
  const keep = () => {
    if (working) return;
    working = true;
    keepStatuses(services)
      .catch((error: unknown) =>
        services.log.warn({ err: error }, 'statuses of agents could not be kept'),
      )
      .finally(() => {
        working = false;
      });
  };
  const timer = setInterval(keep, everyMs);
  return { stop: () => clearInterval(timer) };
}
