import type { EarlierLeft } from '@/lib/models/context/schema';
import { isSettled, type OfferedTool } from '@/lib/tools/call';
import type { AgentTurn, TaskOpening, TaskSoFar } from '@/lib/tools/task';
import { type NodeContext, StepError, type Suspension, suspend } from '../../node-type/define-node';
import type { AnswerReuse } from '../../node-type/model-question';
import { type SettledTurn, talkOf } from './messages';
import { settleCalls } from './settle';
import { stopReason } from './stop';
import { waitFor } from './waits';

export type TaskDone = { turn: AgentTurn; turns: number; calls: number; agent: string };

/**
 * Does a task of an agent turn by turn: the model answers, its tools are called, their results go back to it, until it asks for
 * none. Each turn and each result is kept before the next, so that another attempt pays for no turn and does no effect
 * again. Waits for people and other runs without anybody holding the step.
 */
export async function runTask(
  context: NodeContext,
  asked: TaskOpening,
  how: How,
): Promise<TaskDone | Suspension> {
  const { outputSchema } = how;
  const began = context.now();
  // Not with the file: the editor loads this file too, and never runs it.
  const { offering } = await import('@/lib/tools/search/offer');
  let task = await context.openTask(asked);
  let offered = offering(task.tools, wordsOf(task.opening));
  const turns: SettledTurn[] = [];
  for (let number = 1; ; number += 1) {
    const turn =
      task.turns[number - 1] ??
      (await nextTurn(context, task, { ...how, turns, number, offered: offered(turns) }));
    if (turn.calls.length === 0) {
      if (outputSchema === undefined || turn.value !== undefined) return doneOf(task, turn, turns);
      turns.push({ turn, results: [] });
      continue;
    }
    const outcomes = await settleCalls(context, task, number, turn);
    const wait = waitFor(context, outcomes);
    if (wait) return wait;
    turns.push({ turn, results: outcomes.filter(isSettled) });
    // A fresh attempt has its whole time again.
    const isNew = task.turns[number - 1] === undefined;
    if (isNew && outcomes.some((outcome) => isSettled(outcome) && outcome.changed)) {
      task = await context.openTask(asked);
      offered = offering(task.tools, wordsOf(task.opening));
    }
    if (isNew && context.now() - began > task.attemptMs / 2) {
      return suspend({ kind: 'timer', until: context.now(), end: { ok: 'again' } });
    }
  }
}

/** What its answer has to fit, whether its turns may be those of the cache, and what came before its talk. */
type How = {
  outputSchema: Record<string, unknown> | undefined;
  reuse?: AnswerReuse;
  earlier?: EarlierLeft;
};
type Ahead = How & {
  turns: readonly SettledTurn[];
  number: number;
  offered: readonly OfferedTool[];
};

async function nextTurn(
  context: NodeContext,
  task: TaskSoFar,
  { turns, number, offered, outputSchema, reuse, earlier }: Ahead,
): Promise<AgentTurn> {
  const stop = stopReason(task, turns, context.now());
  if (stop !== undefined) {
    const kept = 'What it did is kept. Change its limits, its task or its tools, and run it again.';
    throw new StepError('agent_stopped', `${stop} ${kept}`);
  }
  const { opening, tools } = task;
  const { agent, policy, system } = opening;
  const talk = talkOf(opening.messages, turns);
  const last = turns.at(-1);
  // Some models take no tools beside a format: the answer is put into it at the end.
  const formats = outputSchema !== undefined && last !== undefined && last.turn.calls.length === 0;
  const acts = tools.some(({ effect }) => effect !== 'read');
  const answer = await context.model({
    ...{ policy, system },
    ...(agent.id === undefined ? {} : { agentId: agent.id }),
    messages: formats ? [...talk, { role: 'user', content: putIntoFormat }] : talk,
    ...(formats
      ? { outputSchema }
      : {
          tools: offered.map(({ name, description, inputSchema, effect }) => ({
            ...{ name, description, inputSchema },
            ...(effect === 'read' ? { readOnly: true } : {}),
          })),
        }),
    ...(earlier === undefined ? {} : { earlier }),
    ...(reuse === undefined ? {} : { reuse: acts ? { ...reuse, acts } : reuse }),
  });
  const { text, value, parts, toolCalls, provider, model, rehearsed, reason, usage } = answer;
  return context.keepTurn(number, {
    ...{ parts, text, provider, model, rehearsed, reason, usage },
    ...(formats && value !== undefined ? { value } : {}),
    calls: formats ? [] : toolCalls.map(({ id, name, args }) => askOf(tools, { id, name, args })),
  });
}

/** A call with what the model was told of its tool. */
function askOf(
  tools: readonly OfferedTool[],
  { id, name, args }: { id: string; name: string; args: unknown },
): AgentTurn['calls'][number] {
  const print = tools.find((tool) => tool.name === name)?.print;
  return { callId: id, name, args, ...(print === undefined ? {} : { print }) };
}

/** What the task is about: its last message. */
function wordsOf({ messages }: TaskOpening): string {
  const content = messages.at(-1)?.content;
  if (content === undefined || typeof content === 'string') return content ?? '';
  return content.flatMap((part) => (part.type === 'text' ? [part.text] : [])).join(' ');
}

const putIntoFormat =
  'Write your answer in the format that is asked for, without changing what it says.';

function doneOf({ opening }: TaskSoFar, turn: AgentTurn, turns: readonly SettledTurn[]): TaskDone {
  const calls = turns.reduce((sum, one) => sum + one.turn.calls.length, 0);
  return { turn, turns: turns.length + 1, calls, agent: opening.agent.handle };
}
