import type { AskedChange } from '@/lib/canvas-turns/calls';
import { broughtFiles, readAttached, withFileNames } from '@/lib/chat/attached';
import { readMarks } from '@/lib/chat/marks/mark';
import { withMarkNames } from '@/lib/chat/marks/marked-text';
import { type PanelRules, panelRulesSchema } from '@/lib/chat/panel/contract';
import { planPanel } from '@/lib/chat/panel/plan-panel';
import { planTurn, saidBefore } from '@/lib/chat/plan-turn';
import type { WrittenMessage } from '@/lib/models/message';
import type { Actor } from '@/lib/people/schema';
import { storedChatConfig } from '@/lib/triggers/schema';
import { hashOf } from '@/server/idempotency/hash-of';
import { startInline } from '@/server/runs/starting/start-inline';
import { readLive } from '@/server/runs/starting/start-triggered';
import type { Services } from '@/server/services';
import { noteDelivery } from '@/server/triggers/deliveries';
import { messageInput } from '@/server/triggers/message-input';
import type { AskedAgent } from './asked-agents';
import { readMarked } from './marks/read-marks';
import type { OpenTurn, Said, Writer } from './open-turn';
import { closedBecause } from './partner';
import { agentNames, type ThreadRow } from './store';

/** What the turns of a thread start. */
export type Starter = {
  /** Throws for a message that no run can be started with; called before anything is stored. */
  check(said: Said): void;
  /** Begins a run for each answer; one that began already goes on. */
  start(turn: OpenTurn): Promise<void>;
};

/** What a message wants besides an answer. */
type Wanted = {
  panel?: PanelRules | undefined;
  /** A workflow is to be changed: what agents are told of it. */
  change?: (AskedChange & { view: string }) | undefined;
};

/** Reads what a thread's next turn starts; nothing where nobody can write any more. */
export async function starterOf(
  services: Services,
  actor: Actor,
  thread: ThreadRow,
  asked?: readonly AskedAgent[],
  { panel, change }: Wanted = {},
): Promise<Starter | undefined> {
  if (closedBecause(thread) !== undefined) return undefined;
  return thread.agent
    ? agentStarter(services, actor, asked ?? [thread.agent], { panel, change })
    : workflowStarter(services, actor, thread);
}

function agentStarter(
  services: Services,
  actor: Actor,
  agents: readonly AskedAgent[],
  { panel, change }: Wanted,
): Starter {
  return {
    check: () => undefined,
    async start(turn) {
      const named = readMarks(turn.message.marks);
      const marks = await readMarked(services, actor, named);
      const marked = named.flatMap((mark) => (mark.kind === 'file' ? [mark] : []));
      const files = broughtFiles(
        [...readAttached(turn.message.files), ...marked],
        turn.before.map((row) => readAttached(row.files)),
      );
      const names = await agentNames(services.prisma, turn.before);
      for (const answer of turn.answers) {
        const agent = agents.find(({ id }) => id === answer.agentId);
        if (answer.runId === null || (agent === undefined && panel === undefined)) continue;
        const history = historyOf(turn, { id: agent?.id ?? '', names });
        const asked = change === undefined ? {} : { change };
        const request = { history, text: turn.message.text, files, marks, ...asked };
        const { definition, input } =
          panel === undefined && agent !== undefined
            ? planTurn({ ...request, agent })
            : planPanel(agents, panelRulesSchema.parse(panel ?? {}), request);
        await startInline(services, actor, {
          ...{ definition, input, mode: 'live', name: definition.name },
          ...{ threadId: turn.thread.id, runId: answer.runId },
        });
      }
    },
  };
}

/** Starts the workflow of a thread, for a member or a visitor. */
export async function workflowStarter(
  services: Services,
  actor: Writer,
  { workflowId, trigger }: ThreadRow,
): Promise<Starter | undefined> {
  if (workflowId === null || trigger === null) return undefined;
  const { workspaceId, userId } = actor;
  const live = await readLive(services, { workspaceId, workflowId });
  const config = storedChatConfig.parse(trigger.config);
  const inputOf = (said: Said) =>
    live.checked(
      messageInput(
        config,
        live.fields,
        said.text,
        historyOf(said),
        said.files.map(({ id }) => id),
      ),
    );
  return {
    check: (said) => void inputOf(said),
    async start(turn) {
      const { message, thread } = turn;
      const runId = turn.answers[0]?.runId;
      if (runId == null) return;
      const run = await live.start({
        trigger: 'chat',
        ...(userId === null ? {} : { startedBy: userId }),
        input: inputOf({ ...turn, text: message.text, files: readAttached(message.files) }),
        once: { key: `trigger:${trigger.id}:${message.id}`, requestHash: hashOf(message.text) },
        runId,
        threadId: thread.id,
      });
      if (!run.created) return;
      await noteDelivery(services, trigger.id, { outcome: 'started', runId: run.id });
      services.bus.publish(`workspace:${workspaceId}`, { kind: 'trigger', id: trigger.id });
    },
  };
}

/** Whose history it is: answers of other agents are told apart by name. */
type Reader = { id: string; names: ReadonlyMap<string, string> };

function historyOf(
  { before, runs }: Pick<Said, 'before' | 'runs'>,
  reader?: Reader,
): WrittenMessage[] {
  const said = before.filter(({ role }) => role !== 'command');
  return said.map((row) => {
    if (row.role !== 'assistant') {
      const text = withFileNames(row.text, readAttached(row.files));
      return { role: 'user', content: withMarkNames(text, readMarks(row.marks)) };
    }
    const run = runs.get(row.runId ?? '');
    const text = run === undefined ? row.text : saidBefore(run);
    const together = row.panelAgentIds.length > 0;
    const other = reader && (together || (row.agentId !== null && row.agentId !== reader.id));
    if (!other || text === '') return { role: 'assistant', content: text };
    const one = reader.names.get(row.agentId ?? '') ?? 'another agent';
    const name = together ? 'several agents together' : one;
    return { role: 'assistant', content: `[Answer of ${name}]\n${text}` };
  });
}
