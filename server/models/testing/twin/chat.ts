import { at, textIn } from '@/lib/values/unknown';
import { think } from './brain';
import * as parts from './parts';
import { type Json, objectsIn, refuse, type Served, sse } from './parts';
import { isObjectText } from './responses';
import type { Memory } from './twin';

const known = [
  ...['model', 'messages', 'stream', 'stream_options', 'temperature', 'max_tokens', 'tools'],
  ...['max_completion_tokens', 'tool_choice', 'response_format'],
];

/** OpenAI's chat protocol: OpenAI's own older models, and servers that copy it, each with its way to name calls. */
export function serveChat(body: Json, memory: Memory, random: () => number): Served {
  parts.knowsOnly(body, known);
  const model = parts.modelOf(body);
  const tools = objectsIn(body.tools).map((tool) => textIn(at(tool, 'function', 'name')) ?? '');
  if (/^gpt-(?:5\.6|6)/.test(model) && tools.length > 0) {
    refuse(
      400,
      `Function tools are not supported with ${model} in /v1/chat/completions. Use /v1/responses instead.`,
    );
  }
  if (/^(?:gpt-[56]|o\d)/.test(model) && body.max_tokens !== undefined) {
    refuse(
      400,
      "Unsupported parameter: 'max_tokens' is not supported with this model. Use 'max_completion_tokens' instead.",
    );
  }
  const rounds = checkMessages(objectsIn(body.messages), model, memory);
  const choice =
    body.tool_choice === 'none' || body.tool_choice === 'required' ? body.tool_choice : 'auto';
  const thinks = model.startsWith('deepseek');
  const reply = think({ tools, choice, rounds, thinks }, random);
  const calls = reply.calls.map((call) => ({ ...call, id: memory.id('call') }));
  if (reply.thought !== '') for (const { id } of calls) memory.needs.set(id, reply.thought);
  const input = parts.inputBy(parts.tokensOfRequest(body), random, false);
  const thought = parts.tokensOf(reply.thought);
  const text = parts.tokensOf(reply.text + JSON.stringify(reply.calls));
  const prompt = input.fresh + input.read;
  const usage = {
    ...{
      prompt_tokens: prompt,
      completion_tokens: text + thought,
      total_tokens: prompt + text + thought,
    },
    prompt_tokens_details: { cached_tokens: input.read },
    completion_tokens_details: { reasoning_tokens: thought },
  };
  const chunk = (delta: Json, finish: string | null = null) =>
    sse({
      ...{ id: 'chatcmpl-twin', object: 'chat.completion.chunk', model },
      choices: [{ index: 0, delta, finish_reason: finish }],
    });
  const way = ways[Math.floor(random() * ways.length)] ?? plain;
  return {
    type: 'text/event-stream',
    billed: { ...input, text, thought },
    pieces: [
      chunk({ role: 'assistant', content: '' }),
      ...parts.pieces(reply.thought, random).map((piece) => chunk({ reasoning_content: piece })),
      ...parts.pieces(reply.text, random).map((piece) => chunk({ content: piece })),
      ...calls.flatMap(({ id, name, args }, index) =>
        parts
          .pieces(JSON.stringify(args), random)
          .map((piece, place) => chunk({ tool_calls: [way(id, name, piece, index, place === 0)] })),
      ),
      chunk({}, calls.length > 0 ? 'tool_calls' : 'stop'),
      sse({ id: 'chatcmpl-twin', object: 'chat.completion.chunk', model, choices: [], usage }),
      'data: [DONE]\n\n',
    ],
  };
}

type Way = (id: string, name: string, piece: string, index: number, first: boolean) => Json;
const plain: Way = (id, name, piece, index, first) => ({
  ...{ index, function: { arguments: piece, ...(first ? { name } : {}) } },
  ...(first ? { id, type: 'function' } : {}),
});
/** How servers say which call a piece is of. */
const ways: readonly Way[] = [
  plain,
  (id, name, piece, _, first) => ({ ...plain(id, name, piece, 0, first), id }),
  (id, name, piece, _, first) => plain(id, name, piece, 0, first),
  (id, name, piece, index) => ({
    index,
    id,
    type: 'function',
    function: { name, arguments: piece },
  }),
];

function checkMessages(messages: readonly Json[], model: string, memory: Memory): number {
  let open: string[] = [];
  let rounds = 0;
  const question = messages.findLastIndex(({ role }) => role === 'user');
  for (const [index, message] of messages.entries()) {
    if (message.role === 'tool') {
      const id = textIn(message.tool_call_id) ?? '';
      if (!open.includes(id)) {
        refuse(
          400,
          "messages with role 'tool' must be a response to a preceding message with 'tool_calls'.",
        );
      }
      open = open.filter((one) => one !== id);
      if (open.length === 0) rounds += 1;
      continue;
    }
    if (open.length > 0) {
      refuse(
        400,
        "An assistant message with 'tool_calls' must be followed by tool messages responding to each.",
      );
    }
    if (message.role === 'user') rounds = 0;
    const calls = objectsIn(message.tool_calls);
    open = calls.map(({ id }) => textIn(id) ?? refuse(400, 'no id'));
    if (new Set(open).size !== open.length) refuse(400, 'Duplicate tool call id.');
    if (!calls.every((call) => isObjectText(at(call, 'function', 'arguments')))) {
      refuse(400, 'Invalid arguments.');
    }
    const needed = open.map((id) => memory.needs.get(id)).find((one) => one !== undefined);
    const thought = textIn(message.reasoning_content);
    if (!model.startsWith('deepseek')) continue;
    if (index > question && needed !== thought && memory.own(open[0], model)) {
      refuse(400, 'Missing `reasoning_content` in the assistant message of a tool call.');
    }
    if (index < question && thought !== undefined) refuse(400, 'Unexpected `reasoning_content`.');
  }
  if (open.length > 0)
    refuse(400, "An assistant message with 'tool_calls' must be followed by tool messages.");
  return rounds;
}
