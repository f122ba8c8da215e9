import { randomUUID } from 'node:crypto';
import { messageSchema, type NewMessage } from '@/lib/messages/schema';
import type { Actor } from '@/lib/people/schema';
import type { StepOutcome } from '@/lib/runs/schema';
import { createAgent } from '@/server/agents/create-agent';
import { startWorkerWith, type Worker } from '@/server/runs/worker/worker-loop';
import type { Services } from '@/server/services';
import { aMember } from '@/server/tools/testing/task-world';
import { listMailboxes } from '../../mailboxes';
import { deliveriesOf } from '../../read-store';
import { sendMessages } from '../../send-messages';
import { startTasks } from '../start-tasks';

export const none = { params: {}, query: {}, body: undefined };

/** A workspace with agents whose tasks end as the test says. */
export async function openTasks(services: Services, handles: readonly string[] = ['helper']) {
  const { workspaceId, userId } = await aMember(services.pool, 'editor');
  const ada: Actor = { workspaceId, userId, name: 'Ada', email: 'ada@example.com', role: 'editor' };
  const agents = new Map<string, string>();
  const add = async (handle: string, limits: object = {}) => {
    const body = {
      ...{
        handle,
        name: handle,
        description: '',
        instructions: 'Help.',
        model: 'auto' as const,
        skills: [],
      },
      ...{ tools: [], limits: { maxTurns: 20, maxMinutes: 60, ...limits } },
    };
    const { id } = await createAgent(services, ada, { params: {}, query: {}, body });
    agents.set(handle, id);
  };
  for (const handle of handles) await add(handle);
  return {
    ...{ ada, workspaceId, agents, add },
    async send(to: string, more: Partial<NewMessage> = {}, actor = ada): Promise<string> {
      const message = messageSchema.parse({ to: { agent: to }, body: 'Look at order 7.', ...more });
      const { items } = await sendMessages(services, actor, { ...none, body: message });
      return items[0]?.id ?? '';
    },
    /** A message that an agent sends in one of its tasks. */
    async mailbox(handle: string) {
      const { items } = await listMailboxes(services, ada, none);
      const found = items.find(({ kind, name }) => kind === 'agent' && name === handle);
      if (found === undefined) throw new Error(`@${handle} has no mailbox`);
      return found;
    },
    async delivery(message: string) {
      const [one] = await deliveriesOf(services.pool, workspaceId, {
        ...{ personId: userId, message, limit: 10 },
      });
      if (one === undefined) throw new Error('no delivery');
      return one;
    },
    async inbox() {
      const { rows } = await services.pool.query<{ body: unknown; replyTo: string }>(
        `select m.body, m.reply_to as "replyTo" from mail m join delivery d on d.mail_id = m.id
         join mailbox b on b.id = d.mailbox_id where b.kind = 'person' and b.name = $1 order by m.created_at`,
        [userId],
      );
      return rows;
    },
    async runs() {
      const { rows } = await services.pool.query<{ id: string; status: string; input: unknown }>(
        `select id, status, input from run where workspace_id = $1 and trigger = 'message' order by created_at, id`,
        [workspaceId],
      );
      return rows;
    },
    look: () => startTasks(services),
  };
}
export type Tasks = Awaited<ReturnType<typeof openTasks>>;

/** A worker in which each step ends as `end` says. */
export function workWith(
  services: Services,
  end: (given: { runId: string; prompt: string }) => StepOutcome | Promise<StepOutcome>,
): Promise<Worker> {
  return startWorkerWith(services, {
    ...{ id: randomUUID(), name: 'tasks', onStuck: undefined },
    runStep: async ({ runId, state }) => end({ runId, prompt: JSON.stringify(state.input) }),
  });
}
