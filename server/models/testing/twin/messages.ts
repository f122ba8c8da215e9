import { at, isRecord, textIn } from '@/lib/values/unknown';
import { think } from './brain';
import * as parts from './parts';
import { type Json, objectsIn, refuse, type Served, sse } from './parts';
import type { Memory } from './twin';

const known = [
  ...['model', 'max_tokens', 'messages', 'stream', 'system', 'temperature', 'tools', 'tool_choice'],
  ...['output_config', 'thinking', 'metadata', 'stop_sequences'],
];

/** Anthropic's protocol. */
export function serveMessages(body: Json, memory: Memory, random: () => number): Served {
  parts.knowsOnly(body, known);
  const model = parts.modelOf(body);
  if (typeof body.max_tokens !== 'number') refuse(400, 'max_tokens: Field required');
  const messages = objectsIn(body.messages);
  const tools = objectsIn(body.tools).map(({ name }) => textIn(name) ?? refuse(400, 'no name'));
  const rounds = checkMessages(messages, model, memory, tools.length > 0);
  const kind = textIn(at(body, 'tool_choice', 'type')) ?? 'auto';
  if (!['auto', 'any', 'none', 'tool'].includes(kind)) refuse(400, 'tool_choice: invalid type');
  const choice = kind === 'any' ? 'required' : kind === 'none' ? 'none' : 'auto';
  const reply = think({ tools, choice, rounds, thinks: true }, random);
  const blocks: Json[] = [];
  if (reply.thought !== '') {
    blocks.push(
      random() < 0.2
        ? { type: 'redacted_thinking', data: `r${parts.seal(model, reply.thought)}` }
        : {
            type: 'thinking',
            thinking: reply.thought,
            signature: parts.seal(model, reply.thought),
          },
    );
  }
  if (reply.text !== '') blocks.push({ type: 'text', text: reply.text });
  for (const { name, args } of reply.calls) {
    const id = memory.id('toolu');
    blocks.push({ type: 'tool_use', id, name, input: args });
    if (reply.thought !== '') memory.needs.set(id, JSON.stringify(blocks[0]));
  }
  if (blocks[0]?.type === 'redacted_thinking') memory.issued.set(`${blocks[0].data}`, model);
  const input = parts.inputBy(parts.tokensOfRequest(body), random, true);
  const thought = parts.tokensOf(reply.thought);
  const text = parts.tokensOf(reply.text + JSON.stringify(reply.calls));
  const usage = {
    ...{ input_tokens: input.fresh, cache_read_input_tokens: input.read },
    cache_creation_input_tokens: input.write,
  };
  const event = (type: string, more: Json = {}) => sse({ type, ...more }, type);
  const head = { id: memory.id('msg'), type: 'message', role: 'assistant', model, content: [] };
  return {
    type: 'text/event-stream',
    // The vendor counts what was thought as output, and does not say how much of it was.
    billed: { ...input, text: text + thought, thought: 0 },
    pieces: [
      event('message_start', { message: { ...head, usage: { ...usage, output_tokens: 1 } } }),
      event('ping'),
      ...blocks.flatMap((block, index) => eventsOf(block, index, random)),
      event('message_delta', {
        delta: {
          stop_reason: reply.calls.length > 0 ? 'tool_use' : 'end_turn',
          stop_sequence: null,
        },
        usage: { output_tokens: text + thought },
      }),
      event('message_stop'),
    ],
  };
}

function eventsOf(block: Json, index: number, random: () => number): string[] {
  const event = (type: string, more: Json) => sse({ type, index, ...more }, type);
  const deltas = (type: string, name: string, text: string) =>
    parts
      .pieces(text, random)
      .map((piece) => event('content_block_delta', { delta: { type, [name]: piece } }));
  const empty: Json = { ...block };
  const inner: string[] = [];
  if (block.type === 'thinking') {
    Object.assign(empty, { thinking: '', signature: '' });
    inner.push(...deltas('thinking_delta', 'thinking', `${block.thinking}`));
    inner.push(
      event('content_block_delta', {
        delta: { type: 'signature_delta', signature: block.signature },
      }),
    );
  } else if (block.type === 'text') {
    empty.text = '';
    inner.push(...deltas('text_delta', 'text', `${block.text}`));
  } else if (block.type === 'tool_use') {
    empty.input = {};
    const whole = JSON.stringify(block.input);
    inner.push(...deltas('input_json_delta', 'partial_json', whole === '{}' ? '' : whole));
  }
  return [
    event('content_block_start', { content_block: empty }),
    ...inner,
    event('content_block_stop', {}),
  ];
}

function checkMessages(
  messages: readonly Json[],
  model: string,
  memory: Memory,
  tools: boolean,
): number {
  if (messages[0]?.role !== 'user') refuse(400, 'messages: first message must use the "user" role');
  let open: string[] = [];
  let rounds = 0;
  for (const message of messages) {
    const blocks =
      typeof message.content === 'string'
        ? [{ type: 'text', text: message.content }]
        : objectsIn(message.content);
    if (blocks.length === 0) refuse(400, 'messages: content must not be empty');
    if (
      blocks.some((block) => block.type === 'text' && `${textIn(block.text) ?? ''}`.trim() === '')
    ) {
      refuse(400, 'messages: text content blocks must be non-empty');
    }
    const results = blocks.filter(({ type }) => type === 'tool_result');
    const given = results.map((block) => textIn(block.tool_use_id) ?? '');
    if (open.some((id) => !given.includes(id))) {
      refuse(400, '`tool_use` ids were found without `tool_result` blocks immediately after.');
    }
    if (given.some((id) => !open.includes(id)) || new Set(given).size !== given.length) {
      refuse(400, 'unexpected `tool_use_id` found in `tool_result` blocks.');
    }
    if (blocks.slice(0, results.length).some(({ type }) => type !== 'tool_result')) {
      refuse(400, '`tool_result` blocks must come first.');
    }
    if (message.role === 'user') rounds = results.length > 0 ? rounds + 1 : 0;
    for (const block of blocks) checkThought(block, model, memory);
    const calls = blocks.filter(({ type }) => type === 'tool_use');
    if (calls.length > 0 && !tools)
      refuse(400, 'Requests which include `tool_use` must define tools.');
    open = calls.map(({ id }) => textIn(id) ?? '');
    if (!open.every((id) => /^[a-zA-Z0-9_-]+$/.test(id))) refuse(400, 'tool_use.id: invalid');
    if (!calls.every(({ input }) => isRecord(input))) refuse(400, 'tool_use.input: not an object');
    const needed = open.map((id) => memory.needs.get(id)).find((one) => one !== undefined);
    const shown = blocks.find(({ type }) => /thinking/.test(`${type}`));
    if (needed !== undefined && memory.own(open[0], model) && JSON.stringify(shown) !== needed) {
      refuse(400, 'Expected `thinking` or `redacted_thinking` as it was before `tool_use`.');
    }
  }
  if (open.length > 0) refuse(400, '`tool_use` ids were found without `tool_result` blocks.');
  return rounds;
}

function checkThought(block: Json, model: string, memory: Memory): void {
  if (block.type === 'thinking' && block.signature !== parts.seal(model, `${block.thinking}`)) {
    refuse(400, 'Invalid `signature` in `thinking` block');
  }
  if (block.type === 'redacted_thinking' && memory.issued.get(`${block.data}`) !== model) {
    refuse(400, 'Invalid `data` in `redacted_thinking` block');
  }
}
