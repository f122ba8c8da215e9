import { changeTool } from '@/lib/canvas-turns/agent-edit';
import type { AskedChange } from '@/lib/canvas-turns/calls';
import type { EarlierLeft } from '@/lib/models/context/schema';
import { summaryMessage, withSummary } from '@/lib/models/context/summary';
import { type WrittenMessage, written } from '@/lib/models/message';
import { fitMessages } from '@/lib/models/parts/fit';
import type { RunStatus } from '@/lib/runs/schema';
import type { Definition, WorkflowNode } from '@/lib/workflows/schema';
import { answerStepId } from './answer';
import type { BroughtFile } from './attached';
import { compactStepId, compactTask, splitTalk, tokensOf } from './compaction/compaction';
import { type MarkRef, refOf } from './marks/mark';
import { type GivenMark, markedText } from './marks/marked-text';

/** A message of the talk, with its position in the thread. */
export type Spoken = WrittenMessage & { position?: number | undefined };

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
    /** What the first step is to summarise; without an answer of it, `messages` are sent as they are. */
    compact?: { task: string; tail: number; left: EarlierLeft };
  };
  /** What is summarised: the thread's messages up to a position, which take so many tokens. */
  compacts?: { upTo: number; tokens: number };
};

export type TurnRequest = {
  agent: { handle: string; name: string };
  /** Messages before this one, oldest first. */
  history: readonly Spoken[];
  text: string;
  /** Files whose text the agent is given: those of this message first. */
  files?: readonly BroughtFile[];
  /** The workflow that the agent is to change, and what it is told of it. */
  change?: AskedChange & { view: string };
  /** What the text names with `#`, with what is in it. */
  marks?: readonly GivenMark[];
  /** What stands for the messages before `history`. */
  summary?: { text: string; messages: number; tokens: number } | undefined;
  /** Whether a model may summarise older messages where they take too much room. */
  mayCompact?: boolean;
  /** Tokens that history and text may have together; the model's own window may still be smaller. */
  budget?: number;
};

/** Long enough for a good talk, small enough that a turn stays cheap. */
const defaultBudget = 24_000;

/**
 * A turn of a chat as a small workflow. The history travels in the run's input, so that the run alone says what
 * the model was asked. Where it takes too much room a step summarises its older part first; where that is not wanted or
 * fails, the oldest messages are left out.
 */
export function planTurn(request: TurnRequest): Turn {
  const { agent, text, files = [], change, marks = [] } = request;
  const { messages, leftOut, compact, compacts } = sentBefore(request);
  const extra = {
    ...(leftOut === undefined ? {} : { leftOut }),
    ...(compact === undefined ? {} : { compact }),
  };
  const answer: WorkflowNode = {
    id: answerStepId,
    key: 'answer',
    type: 'agent',
    name: agent.name,
    position: { x: 0, y: 0 },
    config: {
      ...{
        agent: agent.handle,
        prompt: ['{{ input.text }}', ...(marks.length > 0 ? ['{{ input.marked }}'] : [])].join(
          '\n\n',
        ),
        history: compact ? historyCompacted : leftOut ? historyWithRest : 'input.messages',
      },
      ...(change === undefined ? {} : changing),
      // What is named counts as read, as files do: see `stepTaint`.
      ...(files.length > 0 || marks.length > 0 ? { files: 'input.files' } : {}),
    },
    policy: { retry: { attempts: 2, backoffMs: 500, maxBackoffMs: 5_000 } },
  };
  return {
    definition: {
      schema: 1,
      name: `Chat with ${agent.name}`,
      description: '',
      nodes: compact === undefined ? [answer] : [compactStep(agent.handle), answer],
      edges: compact === undefined ? [] : [compactEdge],
    },
    input: {
      ...{ text, messages, ...extra },
      ...(files.length > 0 || marks.length > 0 ? { files: [...files] } : {}),
      ...(marks.length > 0
        ? { marks: marks.map(({ mark }) => refOf(mark)), marked: markedText(marks) }
        : {}),
      ...(change === undefined ? {} : { change }),
    },
    ...(compacts === undefined ? {} : { compacts }),
  };
}

/** The messages that are sent before the text, and what is not sent. */
function sentBefore({
  history,
  text,
  summary,
  mayCompact = false,
  budget = defaultBudget,
}: TurnRequest): Pick<Turn['input'], 'messages' | 'leftOut' | 'compact'> & Pick<Turn, 'compacts'> {
  const before = joinTurns(history);
  const question: WrittenMessage = { role: 'user', content: text };
  const pinned = summary === undefined ? 0 : tokensOf([summaryMessage(summary.text)]);
  const { messages, dropped } = fitMessages([...before, question], budget - pinned);
  const kept = messages.slice(0, -1).map(written);
  const split = mayCompact ? splitTalk(before, budget - pinned) : undefined;
  const left = {
    messages: dropped + (summary?.messages ?? 0),
    tokens: tokensOf(before.slice(0, dropped)) + (summary?.tokens ?? 0),
    ...(summary === undefined ? {} : { summarised: summary.messages }),
  };
  const sent = {
    messages: summary === undefined ? kept : withSummary(summary.text, kept),
    ...(left.messages > 0 ? { leftOut: left } : {}),
  };
  const upTo = split?.older.at(-1)?.position;
  if (split === undefined || upTo === undefined) return sent;
  const covered = split.older.length + (summary?.messages ?? 0);
  const tokens = tokensOf(split.older) + (summary?.tokens ?? 0);
  return {
    ...sent,
    compact: {
      task: compactTask(split.older, summary?.text),
      tail: split.tail.length,
      left: { messages: covered, tokens, summarised: covered },
    },
    compacts: { upTo, tokens },
  };
}

/** The agent itself summarises, without tools: its models, their limits and what may leave this machine hold for it. */
const compactStep = (handle: string): WorkflowNode => ({
  id: compactStepId,
  key: 'compact',
  type: 'agent',
  name: 'Summarise earlier messages',
  position: { x: -300, y: 0 },
  config: { agent: handle, prompt: '{{ input.compact.task }}', toolChoice: 'none' },
  policy: {
    retry: { attempts: 2, backoffMs: 500, maxBackoffMs: 5_000 },
    onError: 'continue',
    fallback: null,
  },
});
const compactEdge = {
  id: 'compact-answer',
  source: compactStepId,
  target: answerStepId,
  sourcePort: 'out',
  targetPort: 'in',
};

/** What an agent step is given besides, where it is to change a workflow. */
const changing = {
  prompt: '{{ input.text }}\n\n{{ input.change.view }}',
  toolChoice: 'more',
  tools: [{ id: 'change', name: changeTool, approval: 'never' }],
};
/** The talk, and how much came before it: the record of the call says so. */
const historyWithRest = '{"messages": input.messages, "leftOut": input.leftOut}';
/** The same with what was summarised a moment ago, if anything was. */
const historyCompacted = [
  '{"messages": input.messages',
  '"leftOut": has(input.leftOut) ? input.leftOut : null',
  '"compacted": {"summary": steps.compact.output == null ? null : steps.compact.output.text, "tail": input.compact.tail, "left": input.compact.left}}',
].join(', ');

/** An answer as later turns read it: one that was cut off says so, lest a model take it for whole. */
export function saidBefore({ status, text }: { status: RunStatus; text: string }): string {
  if (text.trim() === '') return '';
  if (status === 'cancelled') return `${text}\n\n[The answer was stopped here.]`;
  return status === 'failed' ? `${text}\n\n[The answer broke off here.]` : text;
}

/** Answers that failed leave questions behind each other: neighbours of one role become one message. */
function joinTurns(history: readonly Spoken[]): Spoken[] {
  const joined: Spoken[] = [];
  for (const { role, content, position } of history) {
    const last = joined.at(-1);
    if (content.trim() === '') continue;
    if (last?.role === role) {
      last.content += `\n\n${content}`;
      last.position = position;
    } else joined.push({ role, content, position });
  }
  return joined;
}
