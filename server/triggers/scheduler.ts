import type { Services } from '@/server/services';
import { noteDelivery } from './deliveries';
import { type DueRow, dueSchedules, fireSchedule } from './fire-schedule';

export type Scheduler = { stop(): Promise<void> };

const everyMs = 1_000;
/** Taken by one process in one look, and how many of them at a time: one that hangs holds up only its own place. */
const maxAtOnce = 50;
const together = 8;
/** How long one that could not be started is let be: longer each time it fails again. */
const firstPauseMs = 2_000;
const longestPauseMs = 60_000;

type Needs = Pick<Services, 'pool' | 'engine' | 'bus' | 'log'>;

/**
 * Starts what is due, each second, beside any number of other processes that do the same. A schedule that cannot be
 * started is tried again and again, ever more rarely, and holds no other one up.
 */
export function startScheduler(
  services: Needs,
  fire: typeof fireSchedule = fireSchedule,
): Scheduler {
  let timer: NodeJS.Timeout | undefined;
  let stopped = false;
  let looking: Promise<void> = Promise.resolve();
  const failures = createFailures(services);
  const look = async () => {
    const rows = await dueSchedules(services.pool, maxAtOnce, failures.paused());
    const lane = async () => {
      for (let row = rows.shift(); row !== undefined && !stopped; row = rows.shift()) {
        const { id } = row;
        await fire(services, row).then(() => failures.forget(id), failures.note(row));
      }
    };
    await Promise.all(Array.from({ length: together }, lane));
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

/** Schedules that this process could not start, and until when each is let be. */
function createFailures(services: Needs) {
  const failed = new Map<string, { count: number; until: number }>();
  return {
    paused(): string[] {
      const now = performance.now();
      return [...failed].filter(([, { until }]) => until > now).map(([id]) => id);
    },
    forget: (id: string) => void failed.delete(id),
    note:
      ({ id, nextAt }: DueRow) =>
      async (error: unknown) => {
        const count = (failed.get(id)?.count ?? 0) + 1;
        const pause = Math.min(firstPauseMs * 2 ** (count - 1), longestPauseMs);
        failed.set(id, { count, until: performance.now() + pause });
        services.log.error({ err: error, trigger: id, count }, 'a schedule could not be started');
        if (count > 1) return;
        // Its owner sees that it is late, once.
        const note = `What was due at ${nextAt.toISOString()} could not be started. It will be tried again.`;
        await noteDelivery(services, id, { outcome: 'failed', note });
      },
  };
}
