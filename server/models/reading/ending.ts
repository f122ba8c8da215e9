import type { FinishReason } from '@/lib/models/schema';
import { StepError } from '@/lib/nodes/node-type/define-node';
import { brokeOff } from './frames';

type Kind = 'stop' | 'length' | 'refused' | 'tool' | 'fault';

/** Why an answer ended, in the words of all vendors and servers. */
const kinds: Readonly<Record<string, Kind>> = {
  ...all('stop', 'stop', 'end_turn', 'stop_sequence', 'eos', 'eos_token', 'eos_found', 'complete'),
  ...all('stop', 'completed', 'finished', 'end', 'done', 'normal', 'finish_reason_stop'),
  ...all('length', 'length', 'max_tokens', 'max_output_tokens', 'model_length', 'max_length'),
  ...all('length', 'model_context_window_exceeded', 'token_limit', 'limit', 'incomplete'),
  ...all('refused', 'content_filter', 'content_filtered', 'refusal', 'safety', 'recitation'),
  ...all('refused', 'blocklist', 'prohibited_content', 'spii', 'sensitive', 'guardrail_intervened'),
  ...all('tool', 'tool_calls', 'function_call', 'tool_use', 'tool_call'),
  ...all('fault', 'error', 'abort', 'aborted', 'cancelled', 'canceled', 'network_error', 'unload'),
  ...all('fault', 'insufficient_system_resource', 'timeout'),
};

function all(kind: Kind, ...words: string[]): Record<string, Kind> {
  return Object.fromEntries(words.map((word) => [word, kind]));
}

export type Ending = {
  /** A reason as the server gave it; anything but a text with something in it says nothing. */
  say(raw: unknown): void;
  /** The model asks for a tool to be called. */
  tool(): void;
  /** The answer is whole although no reason was given. */
  whole(): void;
  /** The reason so far, when the answer is good to have; what is cut or refused stays so, whatever follows. */
  soFar(): FinishReason | undefined;
  /** The reason. Throws `StepError` for an answer that is none: it has no end, or one that nobody knows. */
  reason(): FinishReason;
};

/** Collects why an answer ended. */
export function createEnding(): Ending {
  const said = new Map<Kind | 'unknown', string>();
  let asked = false;
  const soFar = (): FinishReason | undefined => {
    if (said.has('refused')) return 'refused';
    if (said.has('fault') || said.has('unknown')) return undefined;
    if (said.has('length')) return 'length';
    if (!said.has('stop') && !said.has('tool')) return undefined;
    return asked ? 'tool-calls' : 'stop';
  };
  return {
    say(raw) {
      if (typeof raw !== 'string') return;
      const word = raw.trim();
      if (word === '' || /^(null|none|finish_reason_unspecified)$/i.test(word)) return;
      said.set(kinds[word.toLowerCase()] ?? 'unknown', word);
    },
    tool() {
      asked = true;
    },
    whole() {
      said.set('stop', 'stop');
    },
    soFar,
    reason() {
      const good = soFar();
      if (good !== undefined) return good;
      const fault = said.get('fault');
      if (fault !== undefined) throw brokeOff(`The server ended the answer with “${fault}”.`);
      const unknown = said.get('unknown')?.slice(0, 80);
      if (unknown === undefined) throw brokeOff('The answer ended before it was complete.');
      throw new StepError(
        'model_ended_oddly',
        `The server ended the answer with “${unknown}”, which is unknown, so the answer may be incomplete.`,
        { retryable: true },
      );
    },
  };
}
