import { notificationHref } from '@/lib/notifications/href';
import { recipientsOf } from '@/lib/notifications/recipients';
import { transaction } from '@/server/db/transaction';
import type { Services } from '@/server/services';
import { insertEvent } from '../deliveries/delivery-store';
import { settingsOf } from '../settings/settings-store';
import {
  groupNotice,
  markTold,
  membersOf,
  type NoticeRow,
  takeNotices,
  tellsAlone,
} from './notice-store';

type Needs = Pick<Services, 'pool' | 'bus' | 'log' | 'config'>;

const everyMs = 1_000;

/**
 * Notifies people of what runs noted, in one transaction with the mark that they were told: whoever dies before its end
 * has told nobody, and another process does it. Answers with how many notices it took.
 */
export async function tellRuns({
  pool,
  bus,
  config,
}: Pick<Needs, 'pool' | 'bus' | 'config'>): Promise<number> {
  const { taken, told } = await transaction(pool, async (client) => {
    if (!(await tellsAlone(client))) return { taken: 0, told: [] };
    const notices = await takeNotices(client);
    if (notices.length === 0) return { taken: 0, told: [] };
    const counting = notices.filter(({ counts }) => counts);
    const workspaces = [...new Set(counting.map(({ workspaceId }) => workspaceId))];
    const members = await membersOf(client, workspaces);
    const settings = await settingsOf(client, workspaces);
    const told: [workspaceId: string, userId: string][] = [];
    for (const notice of counting) {
      const { workspaceId } = notice;
      const { triggeredTo = 'publisher', webhook } = settings.get(workspaceId) ?? {};
      const people = recipientsOf(notice, members.get(workspaceId) ?? new Map(), triggeredTo);
      if (people.length > 0) await groupNotice(client, notice, people);
      for (const id of people) told.push([workspaceId, id]);
      const event = `run.${notice.kind}` as const;
      if (webhook?.events.includes(event)) {
        await insertEvent(client, notice, event, eventOf(notice, config.url));
      }
    }
    await markTold(client, notices);
    return { taken: notices.length, told };
  });
  const hints = new Map(told.map((each) => [each.join(' '), each]));
  for (const [workspaceId, id] of hints.values()) {
    bus.publish(`workspace:${workspaceId}`, { kind: 'notification', id });
  }
  return taken;
}

const eventOf = (notice: NoticeRow, url: string) => {
  const { runId, stepId, workflowId, workflowName, text } = notice;
  const at = stepId === '' ? {} : { stepId };
  const link = `${url}${notificationHref({ workflowId, runId, ...at })}`;
  return { runId, ...at, workflow: { id: workflowId, name: workflowName }, text, link };
};

/** Tells again and again, beside any number of other processes that do the same. */
export function startTeller(services: Needs): { stop(): Promise<void> } {
  let stopped = false;
  let timer: NodeJS.Timeout | undefined;
  let turning: Promise<unknown> = Promise.resolve();
  const turn = () => {
    turning = tellRuns(services)
      .catch((error: unknown) => {
        services.log.warn({ err: error }, 'people could not be notified of runs');
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
      await turning;
    },
  };
}
