import { type ModelMessage, partsOf, picturesIn, textOfMessage } from '@/lib/models/message';
import { opaqueOf } from '@/lib/models/parts/origin';
import type { ModelRequest } from '@/lib/models/schema';
import { wordsForSchema } from './openai-chat';
import { dataOf, messagesFor, turnStart } from './wire';

/** A request in Ollama's own protocol. With tools, a form for the answer is asked for in words: it takes only one. */
export function toOllamaRequest(request: ModelRequest, window: number): object {
  const { model, outputSchema, maxTokens, temperature, tools = [], toolChoice } = request;
  const offered = toolChoice === 'none' ? [] : tools;
  const said = outputSchema !== undefined && offered.length > 0;
  const asked = said ? wordsForSchema(outputSchema, true) : undefined;
  const system = [request.system, asked].filter((part) => part !== undefined).join('\n\n');
  const messages = messagesFor('ollama', request);
  const start = turnStart(messages);
  return {
    model,
    messages: [
      ...(system === '' ? [] : [{ role: 'system', content: system }]),
      ...messages.flatMap((message, index) => toMessages(message, index > start)),
    ],
    stream: true,
    ...(offered.length === 0
      ? {}
      : {
          tools: offered.map(({ name, description, inputSchema: parameters }) => ({
            type: 'function',
            function: { name, description, parameters },
          })),
        }),
    ...(outputSchema === undefined || said ? {} : { format: outputSchema }),
    options: {
      num_ctx: window,
      ...(maxTokens === undefined ? {} : { num_predict: maxTokens }),
      ...(temperature === undefined ? {} : { temperature }),
    },
  };
}

/** Calls hold their arguments as objects; results name their tool, and follow in the order of the calls. */
function toMessages(message: ModelMessage, current: boolean): object[] {
  const { role } = message;
  const text = textOfMessage(message);
  const parts = partsOf(message);
  if (role === 'user') {
    const results = parts.flatMap((part) =>
      part.type === 'tool-result'
        ? [{ role: 'tool', tool_name: part.name, content: part.text }]
        : [],
    );
    const pictures = picturesIn(message).map(dataOf);
    const said = { role, content: text, ...(pictures.length > 0 ? { images: pictures } : {}) };
    const isEmpty = text === '' && results.length > 0 && pictures.length === 0;
    return [...results, ...(isEmpty ? [] : [said])];
  }
  const calls = parts.flatMap((part) =>
    part.type === 'tool-call' ? [{ function: { name: part.name, arguments: part.args } }] : [],
  );
  const thoughts = parts.filter((part) => part.type === 'reasoning' && current);
  return [
    {
      ...{ role, content: text },
      ...(calls.length === 0 ? {} : { tool_calls: calls }),
      ...Object.assign({}, ...thoughts.map(opaqueOf)),
    },
  ];
}
