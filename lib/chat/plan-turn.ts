import { changeTool } from '@/lib/canvas-turns/agent-edit';
import type { AskedChange } from '@/lib/canvas-turns/calls';
import type { EarlierLeft } from '@/lib/models/context/schema';
import { type WrittenMessage, written } from '@/lib/models/message';
import { fitMessages } from '@/lib/models/parts/fit';
import { estimateRequest } from '@/lib/models/tokens';
import type { RunStatus } from '@/lib/runs/schema';
import type { Definition } from '@/lib/workflows/schema';
import { answerStepId } from './answer';
import type { BroughtFile } from './attached';
import { type MarkRef, refOf } from './marks/mark';
import { type GivenMark, markedText } from './marks/marked-text';

export type Turn = {
  /** What the turn's run executes: one agent step. */
  definition: Definition;
  /** The run's input: the new text, and the messages before it that fit. */
  input: {
    text: string;
    messages: WrittenMessage[];
    files?: BroughtFile[];
    change?: AskedChange & { view: string };
    /** What the text names with `#`, and the same as the agent reads it. */
    marks?: MarkRef[];
    marked?: string;
    /** Messages before those, which are not sent. */
    leftOut?: EarlierLeft;
  };
};

export type TurnRequest = {
  agent: { handle: string; name: string };
  /** Messages before this one, oldest first. */
  history: readonly WrittenMessage[];
  text: string;
  /** Files whose text the agent is given: those of this message first. */
  files?: readonly BroughtFile[];
  /** The workflow that the agent is to change, and what it is told of it. */
  change?: AskedChange & { view: string };
  /** What the text names with `#`, with what is in it. */
  marks?: readonly GivenMark[];
  /** Tokens that history and text may have together; the model's own window may still be smaller. */
  budget?: number;
};

/** Long enough for a good talk, small enough that a turn stays cheap. */
const defaultBudget = 24_000;

/**
 * A turn of a chat as a small workflow. The history travels in the run's input, so that the run alone says what
 * the model was asked; the oldest messages are left out first.
 */
export function planTurn({
  agent,
  history,
  text,
  files = [],
  change,
  marks = [],
  budget = defaultBudget,
}: TurnRequest): Turn {
  const all: WrittenMessage[] = [...joinTurns(history), { role: 'user', content: text }];
  const { messages, dropped } = fitMessages(all, budget);
  const leftOut = { messages: dropped, tokens: estimateRequest(undefined, all.slice(0, dropped)) };
  return {
    definition: {
      schema: 1,
      name: `Chat with ${agent.name}`,
      description: '',
      nodes: [
        {
          id: answerStepId,
          key: 'answer',
          type: 'agent',
          name: agent.name,
          position: { x: 0, y: 0 },
          config: {
            ...{
              agent: agent.handle,
              prompt: [
                '{{ input.text }}',
                ...(marks.length > 0 ? ['{{ input.marked }}'] : []),
              ].join('\n\n'),
              history: dropped > 0 ? historyWithRest : 'input.messages',
            },
            ...(change === undefined ? {} : changing),
            // What is named counts as read, as files do: see `stepTaint`.
            ...(files.length > 0 || marks.length > 0 ? { files: 'input.files' } : {}),
          },
          policy: { retry: { attempts: 2, backoffMs: 500, maxBackoffMs: 5_000 } },
        },
      ],
      edges: [],
    },
    input: {
      ...{ text, messages: messages.slice(0, -1).map(written) },
      ...(dropped > 0 ? { leftOut } : {}),
      ...(files.length > 0 || marks.length > 0 ? { files: [...files] } : {}),
      ...(marks.length > 0
        ? { marks: marks.map(({ mark }) => refOf(mark)), marked: markedText(marks) }
        : {}),
      ...(change === undefined ? {} : { change }),
    },
  };
}

/** What an agent step is given besides, where it is to change a workflow. */
const changing = {
  prompt: '{{ input.text }}\n\n{{ input.change.view }}',
  toolChoice: 'more',
  tools: [{ id: 'change', name: changeTool, approval: 'never' }],
};
/** The talk, and how much came before it: the record of the call says so. */
const historyWithRest = '{"messages": input.messages, "leftOut": input.leftOut}';

/** An answer as later turns read it: one that was cut off says so, lest a model take it for whole. */
export function saidBefore({ status, text }: { status: RunStatus; text: string }): string {
  if (text.trim() === '') return '';
  if (status === 'cancelled') return `${text}\n\n[The answer was stopped here.]`;
  return status === 'failed' ? `${text}\n\n[The answer broke off here.]` : text;
}

/** Answers that failed leave questions behind each other: neighbours of one role become one message. */
function joinTurns(history: readonly WrittenMessage[]): WrittenMessage[] {
  const joined: WrittenMessage[] = [];
  for (const { role, content } of history) {
    const last = joined.at(-1);
    if (content.trim() === '') continue;
    if (last?.role === role) last.content += `\n\n${content}`;
    else joined.push({ role, content });
  }
  return joined;
}
