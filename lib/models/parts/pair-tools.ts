import { callsIn, type MessagePart, type ModelMessage, partsOf, resultsIn } from '../message';

/**
 * Messages in which each call has its result in the message behind it, once, as every vendor wants it: a result without
 * its call is left out, and a call without a result gets one that says so.
 */
export function pairTools(messages: readonly ModelMessage[]): ModelMessage[] {
  if (messages.every(({ content }) => typeof content === 'string')) return [...messages];
  const paired: ModelMessage[] = [];
  const whole = joined(messages);
  for (const [index, message] of whole.entries()) {
    const before = whole[index - 1];
    const asked = before?.role === 'assistant' ? callsIn(before) : [];
    if (message.role === 'assistant') {
      if (asked.length > 0) paired.push({ role: 'user', content: asked.map(unanswered) });
      const content = partsOf(message).filter(({ type }) => type !== 'tool-result');
      if (content.length > 0) paired.push(keep(message, content));
      continue;
    }
    const given = resultsIn(message);
    const results = asked.map((call) => given.find(({ id }) => id === call.id) ?? unanswered(call));
    const rest = partsOf(message).filter(({ type }) => type === 'text' || type === 'picture');
    const content = [...results, ...rest];
    if (content.length > 0) paired.push(keep(message, content));
  }
  const last = whole.at(-1);
  const open = last?.role === 'assistant' ? callsIn(last) : [];
  if (open.length > 0) paired.push({ role: 'user', content: open.map(unanswered) });
  return paired;
}

/** Results that came in several messages stand in one. */
function joined(messages: readonly ModelMessage[]): ModelMessage[] {
  const whole: ModelMessage[] = [];
  for (const message of messages) {
    const before = whole.at(-1);
    if (message.role === 'user' && before?.role === 'user' && resultsIn(message).length > 0) {
      whole[whole.length - 1] = { ...before, content: [...partsOf(before), ...partsOf(message)] };
    } else whole.push(message);
  }
  return whole;
}

const keep = (message: ModelMessage, content: MessagePart[]): ModelMessage =>
  typeof message.content === 'string' && content.length <= 1 ? message : { ...message, content };

const unanswered = ({ id, name }: { id: string; name: string }): MessagePart => ({
  ...{ type: 'tool-result', id, name, error: true },
  text: 'There is no result of this call: it was not made.',
});
