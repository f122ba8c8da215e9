import type { Services } from '@/server/services';
import { tellStep } from '../reply';
import { tellMessages } from '../tell';
import { beginTask } from './begin-task';
import { settleTask } from './settle-task';
import { mailboxesToStart, takeForTasks } from './take-store';
import { dueWork, endedTasks, neverAnswered, unbegun } from './task-store';

type Needs = Pick<Services, 'pool' | 'prisma' | 'bus' | 'engine' | 'log'>;
const everyMs = 1_000;

/**
 * Makes tasks of messages to agents, and settles them by the ends of these tasks. Any number of processes may do so at once:
 * a message is taken for a run before that begins, and whoever comes later finishes what another one left.
 */
export async function startTasks(services: Needs): Promise<number> {
  const { pool, log } = services;
  const due = await dueWork(pool);
  const touched = new Set<string>();
  const each = async <T extends { workspaceId: string }>(
    items: readonly T[],
    work: (item: T) => Promise<void>,
  ) => {
    for (const item of items) {
      // One that cannot be helped must not stop the others.
      await work(item).then(
        () => touched.add(item.workspaceId),
        (error: unknown) => log.warn({ err: error }, 'a message could not become a task'),
      );
    }
  };
  if (due.ended) await each(await endedTasks(pool), (task) => settleTask(services, task));
  let taken = 0;
  // What has ended makes room for what waits.
  const mailboxes = due.waiting ? await mailboxesToStart(pool) : [];
  for (const mailbox of mailboxes) taken += await takeForTasks(pool, mailbox);
  if (due.unbegun || taken > 0) {
    await each(await unbegun(pool), (delivery) => beginTask(services, delivery));
  }
  // One that could not be begun has ended, too.
  if (due.unanswered || touched.size > 0) {
    await each(await neverAnswered(pool), ({ id, workspaceId, reason }) =>
      tellStep(services, workspaceId, id, { ok: false, reason }),
    );
  }
  for (const workspaceId of touched) tellMessages(services.bus, workspaceId);
  return taken + touched.size;
}

/** Does so in a process of workers, until it is stopped. */
export function startTaskStarter(services: Needs): { stop: () => void } {
  let working = false;
  const look = () => {
    if (working) return;
    working = true;
    startTasks(services)
      .catch((error: unknown) =>
        services.log.warn({ err: error }, 'messages could not become tasks'),
      )
      .finally(() => {
        working = false;
      });
  };
  const timer = setInterval(look, everyMs);
  return { stop: () => clearInterval(timer) };
}
