import type { ModelMessage, ToolResultPart } from '@/lib/models/message';
import type { SettledCall } from '@/lib/tools/call';
import type { AgentTurn } from '@/lib/tools/task';

/** A turn whose calls are all over. */
export type SettledTurn = { turn: AgentTurn; results: readonly SettledCall[] };

/** The talk so far: what the task began with, then each turn as the model wrote it, and what its tools gave. */
export function talkOf(
  opening: readonly ModelMessage[],
  turns: readonly SettledTurn[],
): ModelMessage[] {
  return [
    ...opening,
    ...turns.flatMap(({ turn, results }): ModelMessage[] => [
      { role: 'assistant', content: turn.parts },
      ...(turn.calls.length === 0
        ? []
        : [
            {
              role: 'user' as const,
              content: turn.calls.map((call, at) => partOf(call, results[at])),
            },
          ]),
    ]),
  ];
}

function partOf(
  { callId, name }: AgentTurn['calls'][number],
  given: SettledCall | undefined,
): ToolResultPart {
  const text = given?.result ?? 'There is no result.';
  const failed = given?.state !== 'done';
  return { type: 'tool-result', id: callId, name, text, ...(failed ? { error: true } : {}) };
}
