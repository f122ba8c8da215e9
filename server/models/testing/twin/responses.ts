import { isRecord, textIn } from '@/lib/values/unknown';
import { think } from './brain';
import * as parts from './parts';
import { type Json, objectsIn, refuse, type Served, sse } from './parts';
import type { Memory } from './twin';

const known = [
  ...['model', 'input', 'stream', 'store', 'instructions', 'include', 'temperature', 'text'],
  ...['max_output_tokens', 'tools', 'tool_choice', 'parallel_tool_calls', 'reasoning'],
];

/** OpenAI's Responses protocol, for a client that stores nothing there. */
export function serveResponses(body: Json, memory: Memory, random: () => number): Served {
  parts.knowsOnly(body, known);
  const model = parts.modelOf(body);
  if (Number(body.max_output_tokens ?? 16) < 16) {
    refuse(400, "Invalid 'max_output_tokens': integer below minimum value.");
  }
  const items =
    typeof body.input === 'string'
      ? [{ role: 'user', content: body.input }]
      : objectsIn(body.input);
  const rounds = checkItems(items, model, memory);
  const tools = objectsIn(body.tools).map(({ name }) => textIn(name) ?? refuse(400, 'no name'));
  const choice =
    body.tool_choice === 'none' || body.tool_choice === 'required' ? body.tool_choice : 'auto';
  const thinks = !model.startsWith('gpt-4');
  if (!thinks && body.include !== undefined) {
    refuse(400, 'Encrypted content is not supported with this model.');
  }
  const reply = think({ tools, choice, rounds, thinks }, random);
  const output: Json[] = [];
  const reasoning = memory.id('rs');
  if (reply.thought !== '') {
    output.push({
      ...{ type: 'reasoning', id: reasoning, summary: [] },
      encrypted_content: `${Buffer.from(reply.thought).toString('base64')}.${parts.seal(model, reply.thought)}`,
    });
  }
  if (reply.text !== '') {
    const content = [{ type: 'output_text', text: reply.text, annotations: [] }];
    const id = memory.id('msg');
    output.push({ type: 'message', id, role: 'assistant', status: 'completed', content });
  }
  for (const { name, args } of reply.calls) {
    output.push({
      ...{ type: 'function_call', id: memory.id('fc'), call_id: memory.id('call'), name },
      ...{ arguments: JSON.stringify(args), status: 'completed' },
    });
  }
  for (const item of output) {
    memory.issued.set(`${item.id}`, JSON.stringify(item));
    if (item.type === 'function_call' && reply.thought !== '') {
      memory.needs.set(`${item.id}`, reasoning);
    }
  }
  const input = parts.inputBy(parts.tokensOfRequest(body), random, true);
  const thought = parts.tokensOf(reply.thought);
  const text = parts.tokensOf(reply.text + JSON.stringify(reply.calls));
  const usage = {
    input_tokens: input.fresh + input.read + input.write,
    input_tokens_details: { cached_tokens: input.read, cache_write_tokens: input.write },
    output_tokens: text + thought,
    output_tokens_details: { reasoning_tokens: thought },
    total_tokens: input.fresh + input.read + input.write + text + thought,
  };
  const response = { id: memory.id('resp'), object: 'response', model, output };
  const event = (type: string, more: Json) => sse({ type, ...more }, type);
  return {
    type: 'text/event-stream',
    billed: { ...input, text, thought },
    pieces: [
      event('response.created', { response: { ...response, output: [], status: 'in_progress' } }),
      ...output.flatMap((item, index) => eventsOf(item, index, random)),
      event('response.completed', { response: { ...response, status: 'completed', usage } }),
    ],
  };
}

function eventsOf(item: Json, index: number, random: () => number): string[] {
  const at = { output_index: index, item_id: item.id };
  const event = (type: string, more: Json) => sse({ type, ...at, ...more }, type);
  const text = objectsIn(item.content)
    .map((part) => textIn(part.text) ?? '')
    .join('');
  const cut = (given: string) => parts.pieces(given, random);
  return [
    event('response.output_item.added', { item: { ...item, arguments: '', content: [] } }),
    ...cut(text).map((delta) => event('response.output_text.delta', { delta })),
    ...cut(textIn(item.arguments) ?? '').map((delta) =>
      event('response.function_call_arguments.delta', { delta }),
    ),
    event('response.output_item.done', { item }),
  ];
}

/** Refuses what the vendor refuses; how often tools were called since the last question. */
function checkItems(items: readonly Json[], model: string, memory: Memory): number {
  const calls = new Set<string>();
  const answered = new Set<string>();
  const seen = new Set<string>();
  let rounds = 0;
  for (const [index, item] of items.entries()) {
    const id = textIn(item.id);
    if (id !== undefined) {
      const issued = memory.issued.get(id) ?? refuse(404, `Item with id '${id}' not found.`);
      if (issued !== JSON.stringify(item)) refuse(400, `Item '${id}' was changed.`);
      const needed = memory.needs.get(id);
      if (needed !== undefined && !seen.has(needed)) {
        refuse(
          400,
          `Item '${id}' was provided without its required 'reasoning' item: '${needed}'.`,
        );
      }
      seen.add(id);
    }
    if (item.type === 'reasoning') {
      const [thought = '', sealed] = (textIn(item.encrypted_content) ?? '').split('.');
      if (sealed !== parts.seal(model, Buffer.from(thought, 'base64').toString())) {
        refuse(400, 'The encrypted content could not be verified.');
      }
      const next = items[index + 1];
      if (next === undefined || next.role === 'user') {
        refuse(400, `Item '${id}' of type 'reasoning' was provided without its following item.`);
      }
    } else if (item.type === 'function_call') {
      calls.add(textIn(item.call_id) ?? refuse(400, 'Missing call_id.'));
      if (!isObjectText(item.arguments)) refuse(400, 'Invalid arguments.');
    } else if (item.type === 'function_call_output') {
      const call = textIn(item.call_id) ?? '';
      if (!calls.has(call))
        refuse(400, `No tool call found for function call output with call_id ${call}.`);
      if (answered.has(call)) refuse(400, `Duplicate output of ${call}.`);
      answered.add(call);
      if (items[index + 1]?.type !== 'function_call_output') rounds += 1;
    } else if (item.role === 'user') rounds = 0;
  }
  const open = [...calls].find((call) => !answered.has(call));
  if (open !== undefined) refuse(400, `No tool output found for function call ${open}.`);
  return rounds;
}

export function isObjectText(value: unknown): boolean {
  try {
    return typeof value === 'string' && isRecord(JSON.parse(value));
  } catch {
    return false;
  }
}
