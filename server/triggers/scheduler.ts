import type { Services } from '@/server/services';
import { dueSchedules, fireSchedule } from './fire-schedule';

export type Scheduler = { stop(): Promise<void> };

const everyMs = 1_000;
/** Taken by one process in one look. */
const mostAtOnce = 50;

/** Starts what is due, each second, beside any number of other processes that do the same. */
export function startScheduler(
  services: Pick<Services, 'pool' | 'engine' | 'bus' | 'log'>,
): Scheduler {
  let timer: NodeJS.Timeout | undefined;
  let stopped = false;
  let looking: Promise<void> = Promise.resolve();
  const look = async () => {
    const rows = await dueSchedules(services.pool, mostAtOnce);
    for (const row of rows) {
      if (stopped) return;
      await fireSchedule(services, row).catch((error: unknown) => {
        services.log.error({ err: error, trigger: row.id }, 'a schedule could not be started');
      });
    }
  };
  const turn = () => {
    looking = look()
      .catch((error: unknown) => {
        services.log.warn({ err: error }, 'the schedules could not be looked at');
      })
      .then(() => {
        if (!stopped) timer = setTimeout(turn, everyMs);
      });
  };
  turn();
  return {
    async stop() {
      stopped = true;
      clearTimeout(timer);
      await looking;
    },
  };
}
