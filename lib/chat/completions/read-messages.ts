import type { WrittenMessage } from '@/lib/models/message';
import type { AskedMessage } from './contract';

export type ReadTalk =
  | { ok: true; history: WrittenMessage[]; text: string }
  /** `param`: which part of the request is wrong. */
  | { ok: false; problem: string; param: string };

const rolesOfUser = ['user', 'system', 'developer'];

/**
 * The messages of a request as a talk: what was said before, and what is asked now. What the caller says as the system is
 * said to the agent by its user, whose own instructions stand above it.
 */
export function readTalk(messages: readonly AskedMessage[]): ReadTalk {
  const said: WrittenMessage[] = [];
  for (const [index, message] of messages.entries()) {
    const read = textOf(message);
    const param = `messages[${index}].content`;
    if ('problem' in read) return { ok: false, problem: read.problem, param };
    if (rolesOfUser.includes(message.role)) said.push({ role: 'user', content: read.text });
    else if (message.role === 'assistant') said.push({ role: 'assistant', content: read.text });
    else {
      const problem = `Messages of the role “${message.role.slice(0, 40)}” are not taken: the agent uses its own tools.`;
      return { ok: false, problem, param: `messages[${index}].role` };
    }
  }
  const end = said.findLastIndex(({ role }) => role === 'assistant') + 1;
  const asked = said.slice(end).filter(({ content }) => content.trim() !== '');
  if (asked.length === 0) {
    const problem = 'The last message must be one of the user, with text.';
    return { ok: false, problem, param: 'messages' };
  }
  const text = asked.map(({ content }) => content).join('\n\n');
  return { ok: true, history: said.slice(0, end), text };
}

function textOf({ content }: AskedMessage): { text: string } | { problem: string } {
  if (content === undefined || content === null) return { text: '' };
  if (typeof content === 'string') return { text: content };
  const other = content.find(({ type }) => type !== 'text' && type !== 'refusal');
  if (other) return { problem: `Parts of the type “${other.type.slice(0, 40)}” are not taken.` };
  return { text: content.map(({ text }) => text ?? '').join('') };
}
