import { joinPieces } from '@/lib/chat/completions/join-pieces';
import type { RunStatus } from '@/lib/runs/schema';
import type { AgUiInput, AgUiMessage } from './contract';
import { messagesBefore, stateWith } from './read-input';

/** An event of AG-UI 1.0. */
export type AgUiEvent = { type: string; [field: string]: unknown };

/** A call of a tool, as far as a client is told of it. */
export type ShownCall = {
  id: string;
  tool: string;
  args: unknown;
  state: string;
  result: string | null;
  error: string | null;
};

type Told = {
  input: Pick<AgUiInput, 'threadId' | 'runId' | 'messages' | 'state'>;
  /** Our run. Messages that it makes begin with its id, so that each replay calls them alike. */
  runId: string;
};

/** Characters of what a client sent that are told to it again. */
const mostEchoed = 1_000_000;

const over = ['done', 'failed', 'refused'];

/**
 * One run as events of AG-UI, in the order that the protocol asks for: messages and calls are closed before the run is. Each
 * function gives what is to be sent next. The journal stays the truth: whoever follows again is told all of it again.
 */
export function translateRun({ input, runId }: Told) {
  const { threadId, runId: theirs } = input;
  const join = joinPieces();
  const begun = new Set<string>();
  const ended = new Set<string>();
  let status: RunStatus = 'queued';
  let messages = 0;
  let open: string | undefined;

  const close = (): AgUiEvent[] => {
    if (open === undefined) return [];
    const messageId = open;
    open = undefined;
    return [{ type: 'TEXT_MESSAGE_END', messageId }];
  };
  const say = (text: string): AgUiEvent[] => {
    const delta = open === undefined ? text.trimStart() : text;
    if (delta === '') return [];
    const start: AgUiEvent[] = [];
    if (open === undefined) {
      open = `${runId}-${messages}`;
      messages += 1;
      start.push({ type: 'TEXT_MESSAGE_START', messageId: open, role: 'assistant' });
    }
    return [...start, { type: 'TEXT_MESSAGE_CONTENT', messageId: open, delta }];
  };
  const call = ({ id, tool, args, state, result, error }: ShownCall): AgUiEvent[] => {
    const events: AgUiEvent[] = [];
    if (!begun.has(id)) {
      begun.add(id);
      const parentMessageId = `${runId}-call-${id}`;
      events.push(
        ...close(),
        { type: 'TOOL_CALL_START', toolCallId: id, toolCallName: tool, parentMessageId },
        { type: 'TOOL_CALL_ARGS', toolCallId: id, delta: JSON.stringify(args ?? {}) },
        { type: 'TOOL_CALL_END', toolCallId: id },
      );
    }
    if (over.includes(state) && !ended.has(id)) {
      ended.add(id);
      const content = result ?? error ?? '';
      const messageId = `${runId}-result-${id}`;
      events.push({ type: 'TOOL_CALL_RESULT', toolCallId: id, messageId, content, role: 'tool' });
    }
    return events;
  };
  const known = () => ({ runId, status });

  return {
    /** `again`: the client may have a part of the run already, and is given the talk as it was before. */
    begin(again: boolean): AgUiEvent[] {
      const before: AgUiMessage[] = messagesBefore(input.messages, runId);
      // The client has what it sent: of much, it is told nothing anew.
      const mayEcho = JSON.stringify([before, input.state ?? null]).length <= mostEchoed;
      return [
        { type: 'RUN_STARTED', threadId, runId: theirs, protocolVersion: '1.0' },
        ...(again && mayEcho ? [{ type: 'MESSAGES_SNAPSHOT', messages: before }] : []),
        {
          type: 'STATE_SNAPSHOT',
          snapshot: stateWith(mayEcho ? input.state : undefined, known()),
        },
      ];
    },
    status(now: RunStatus): AgUiEvent[] {
      if (now === status) return [];
      status = now;
      const delta = [{ op: 'replace', path: '/ensemble/status', value: now }];
      return [{ type: 'STATE_DELTA', delta }];
    },
    piece: (piece: { offset: number; text: string }) => say(join.take(piece)),
    calls: (calls: readonly ShownCall[]) => calls.flatMap(call),
    /** `madeUp`: no model was set up, and the built-in scripted one answered. */
    succeed(answer: string, madeUp: boolean): AgUiEvent[] {
      const outcome = { type: 'success' };
      const delta = [{ op: 'add', path: '/ensemble/madeUp', value: true }];
      return [
        ...say(join.end(answer)),
        ...close(),
        ...(madeUp ? [{ type: 'STATE_DELTA', delta }] : []),
        { type: 'RUN_FINISHED', threadId, runId: theirs, outcome },
      ];
    },
    cancel(): AgUiEvent[] {
      const outcome = { type: 'cancelled' };
      return [...close(), { type: 'RUN_FINISHED', threadId, runId: theirs, outcome }];
    },
    fail: (message: string, code: string): AgUiEvent[] => [
      ...close(),
      { type: 'RUN_ERROR', message, code },
    ],
  };
}
