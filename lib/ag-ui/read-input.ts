import type { AskedMessage } from '@/lib/chat/completions/contract';
import { at, isRecord } from '@/lib/values/unknown';
import type { AgUiInput, AgUiMessage } from './contract';

/** Results of tools, what was thought, and what was shown: the agent has its own record of those. */
const leftOut = ['tool', 'activity', 'reasoning'];

/** What a client says, in the words of the one reader of talks; with what its application knows as the first message. */
export function askedMessages({ messages, context }: AgUiInput): AskedMessage[] {
  const known = (context ?? []).map(({ description, value }) => `${description}: ${value}`);
  const first: AskedMessage[] =
    known.length === 0
      ? []
      : [{ role: 'system', content: `What the application says:\n${known.join('\n')}` }];
  const said = messages.filter(({ role }) => !leftOut.includes(role));
  return [...first, ...said.map(({ role, content }) => ({ role, content: contentOf(content) }))];
}

function contentOf(content: unknown): AskedMessage['content'] {
  if (typeof content === 'string') return content;
  if (!Array.isArray(content)) return null;
  return content.map((part) => {
    const type = String(at(part, 'type') ?? 'unknown');
    const text = at(part, 'text');
    if (type === 'text') return { type, text: typeof text === 'string' ? text : '' };
    if (type === 'image') return { type: 'image_url', image_url: addressOf(at(part, 'source')) };
    return { type };
  });
}

function addressOf(source: unknown): string | undefined {
  const value = at(source, 'value');
  if (typeof value !== 'string') return undefined;
  const isData = at(source, 'type') === 'data';
  return isData ? `data:${String(at(source, 'mimeType') ?? '')};base64,${value}` : value;
}

/** Messages without those that a run made: a client that comes back has some of them already. */
export const messagesBefore = (messages: readonly AgUiMessage[], runId: string): AgUiMessage[] =>
  messages.filter(({ id }) => !id.startsWith(runId));

/** The client's state, with ours beside it. */
export const stateWith = (state: unknown, ours: object): Record<string, unknown> => ({
  ...(isRecord(state) ? state : {}),
  ensemble: ours,
});
