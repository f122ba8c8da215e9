import type { AskedChange } from '@/lib/canvas-turns/calls';
import { broughtFiles, readAttached, withFileNames } from '@/lib/chat/attached';
import { readMarks } from '@/lib/chat/marks/mark';
import { withMarkNames } from '@/lib/chat/marks/marked-text';
import { type PanelRules, panelRulesSchema } from '@/lib/chat/panel/contract';
import { planPanel } from '@/lib/chat/panel/plan-panel';
import { planTurn, type Spoken, saidBefore } from '@/lib/chat/plan-turn';
import type { Actor } from '@/lib/people/schema';
import { storedChatConfig } from '@/lib/triggers/schema';
import { hashOf } from '@/server/idempotency/hash-of';
import { startInline } from '@/server/runs/starting/start-inline';
import { readLive } from '@/server/runs/starting/start-triggered';
import type { Services } from '@/server/services';
import { noteDelivery } from '@/server/triggers/deliveries';
import { messageInput } from '@/server/triggers/message-input';
import type { AskedAgent } from './asked-agents';
import {
  compactionsOf,
  inForce,
  noteCompaction,
  type Settled,
} from './compaction/compaction-store';
import { readMarked } from './marks/read-marks';
import type { OpenTurn, Said, Writer } from './open-turn';
import { closedBecause } from './partner';
import {
  agentNames,
  type MessageRow,
  messagesOf,
  runsOf,
  type ThreadRow,
  type TurnRun,
} from './store';

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
  const { prisma } = services;
  return {
    check: () => undefined,
    async start({ thread, message, answers }) {
      const before = await messagesOf(prisma, thread.id, message.position);
      const settled = await compactionsOf(prisma, actor.workspaceId, thread.id);
      const { compaction, mayCompact } = inForce(settled);
      const unsaid = before.filter(({ position }) => position > (compaction?.upTo ?? 0));
      const runs = await runsOf(prisma, actor.workspaceId, unsaid, Date.now());
      const named = readMarks(message.marks);
      const marks = await readMarked(services, actor, named);
      const marked = named.flatMap((mark) => (mark.kind === 'file' ? [mark] : []));
      const files = broughtFiles(
        [...readAttached(message.files), ...marked],
        before.map((row) => readAttached(row.files)),
      );
      const names = await agentNames(prisma, before);
      for (const answer of answers) {
        const agent = agents.find(({ id }) => id === answer.agentId);
        if (answer.runId === null || (agent === undefined && panel === undefined)) continue;
        const history = historyOf({ before: unsaid, runs }, { id: agent?.id ?? '', names });
        const request = {
          ...{ history, text: message.text, files, marks },
          ...(compaction === undefined ? {} : { summary: standIn(compaction) }),
          ...(change === undefined ? {} : { change }),
          // One of several answers sees to it.
          mayCompact: mayCompact && panel === undefined && answer === answers[0],
        };
        const { definition, input, compacts } =
          panel === undefined && agent !== undefined
            ? planTurn({ ...request, agent })
            : planPanel(agents, panelRulesSchema.parse(panel ?? {}), request);
        const { workspaceId } = actor;
        const { runId } = answer;
        if (compacts) {
          await noteCompaction(prisma, { workspaceId, threadId: thread.id, runId, ...compacts });
        }
        await startInline(services, actor, {
          ...{ definition, input, mode: 'live', name: definition.name },
          ...{ threadId: thread.id, runId },
        });
      }
    },
  };
}

const standIn = ({ summary, messages, tokens }: Settled) => ({ text: summary, messages, tokens });

/** Starts the workflow of a thread, for a member or a visitor. */
export async function workflowStarter(
  services: Services,
  actor: Writer,
  { id: threadId, workflowId, trigger }: ThreadRow,
): Promise<Starter | undefined> {
  if (workflowId === null || trigger === null) return undefined;
  const { workspaceId, userId } = actor;
  const live = await readLive(services, { workspaceId, workflowId });
  const config = storedChatConfig.parse(trigger.config);
  const { prisma } = services;
  const talkBefore = async (position?: number) => {
    const before = await messagesOf(prisma, threadId, position);
    return { before, runs: await runsOf(prisma, workspaceId, before, Date.now()) };
  };
  const inputOf = ({ text, files }: Said, talk: Talk) =>
    live.checked(
      messageInput(
        config,
        live.fields,
        text,
        historyOf(talk).map(({ role, content }) => ({ role, content })),
        files.map(({ id }) => id),
      ),
    );
  // What is said until the turn is stored is read again when it starts.
  const known = await talkBefore();
  return {
    check: (said) => void inputOf(said, known),
    async start({ message, thread, answers }) {
      const isKnown = (known.before.at(-1)?.position ?? 0) === message.position - 1;
      const talk = isKnown ? known : await talkBefore(message.position);
      const runId = answers[0]?.runId;
      if (runId == null) return;
      const run = await live.start({
        trigger: 'chat',
        ...(userId === null ? {} : { startedBy: userId }),
        input: inputOf({ text: message.text, files: readAttached(message.files) }, talk),
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

/** Messages of a thread, oldest first, with the runs that answered. */
type Talk = { before: readonly MessageRow[]; runs: ReadonlyMap<string, TurnRun> };

function historyOf({ before, runs }: Talk, reader?: Reader): Spoken[] {
  const said = before.filter(({ role }) => role !== 'command');
  return said.map((row) => {
    const { position } = row;
    if (row.role !== 'assistant') {
      const text = withFileNames(row.text, readAttached(row.files));
      return { role: 'user', content: withMarkNames(text, readMarks(row.marks)), position };
    }
    const run = runs.get(row.runId ?? '');
    const text = run === undefined ? row.text : saidBefore(run);
    const together = row.panelAgentIds.length > 0;
    const other = reader && (together || (row.agentId !== null && row.agentId !== reader.id));
    if (!other || text === '') return { role: 'assistant', content: text, position };
    const one = reader.names.get(row.agentId ?? '') ?? 'another agent';
    const name = together ? 'several agents together' : one;
    return { role: 'assistant', content: `[Answer of ${name}]\n${text}`, position };
  });
}
