import { expect, test } from 'vitest';
import type { MessagePart, ModelMessage } from '@/lib/models/message';
import type { ModelRequest, ProviderId } from '@/lib/models/schema';
import { toMessageRequest } from './anthropic';
import { toContentRequest } from './google';
import { toOllamaRequest } from './ollama-request';
import { toChatRequest } from './openai-chat';
import { toResponsesRequest } from './openai-responses';

const tools = [
  { name: 'look', description: 'Looks.', inputSchema: { type: 'object', properties: {} } },
];
/** One round of two calls, with what a vendor sealed. */
const history = (origins: readonly (MessagePart & { origin?: object })[]): ModelMessage[] => [
  { role: 'user', content: 'Look twice.' },
  { role: 'assistant', content: [...origins] },
  {
    role: 'user',
    content: [
      { type: 'tool-result', id: 'c1', name: 'look', text: 'one' },
      { type: 'tool-result', id: 'c2', name: 'look', text: 'two', error: true },
    ],
  },
];
const sealed = (provider: ProviderId, family: string, opaque: Record<string, unknown>) => ({
  origin: { provider, family, opaque },
});
const call = (id: string, more: object = {}): MessagePart => ({
  ...{ type: 'tool-call', id, name: 'look', args: { at: id } },
  ...more,
});
const asked = (model: string, messages: ModelMessage[]): ModelRequest => ({
  model,
  messages,
  tools,
});

test('Anthropic gets sealed thoughts as they were, calls, and results before all else', () => {
  const thinking = { type: 'thinking', thinking: 'Hm', signature: 'sig==' };
  const thought: MessagePart = {
    ...{ type: 'reasoning', text: 'Hm' },
    ...sealed('anthropic', 'claude-opus-5', thinking),
  };
  const request = asked('claude-opus-5', history([thought, call('c1'), call('c2')]));
  expect(toMessageRequest(request)).toMatchObject({
    messages: [
      { role: 'user', content: 'Look twice.' },
      {
        content: [
          thinking,
          { type: 'tool_use', id: 'c1', name: 'look', input: { at: 'c1' } },
          { type: 'tool_use', id: 'c2' },
        ],
      },
      {
        content: [
          { type: 'tool_result', tool_use_id: 'c1', content: 'one' },
          { type: 'tool_result', tool_use_id: 'c2', content: 'two', is_error: true },
        ],
      },
    ],
    tools: [{ name: 'look', input_schema: { type: 'object' } }],
    tool_choice: { type: 'auto' },
  });
  expect(JSON.stringify(toMessageRequest({ ...request, model: 'claude-haiku-5-5' }))).not.toMatch(
    /sig==|Hm/,
  );
});

test('OpenAI gets its items as they were, stores nothing, and other models get plain ones', () => {
  const item = { type: 'reasoning', id: 'rs', summary: [], encrypted_content: 'enc==' };
  const called = { type: 'function_call', id: 'fc', call_id: 'c1', name: 'look', arguments: '{ }' };
  const messages = history([
    { type: 'reasoning', ...sealed('openai', 'gpt-6-sol', item) },
    call('c1', sealed('openai', 'gpt-6-sol', called)),
    call('c2'),
  ]);
  expect(toResponsesRequest(asked('gpt-6-sol', messages))).toMatchObject({
    store: false,
    include: ['reasoning.encrypted_content'],
    input: [
      { role: 'user', content: 'Look twice.' },
      item,
      called,
      { type: 'function_call', call_id: 'c2', arguments: '{"at":"c2"}' },
      { type: 'function_call_output', call_id: 'c1', output: 'one' },
      { type: 'function_call_output', call_id: 'c2', output: 'two' },
    ],
    tools: [{ type: 'function', name: 'look', parameters: tools[0]?.inputSchema }],
  });
  expect(JSON.stringify(toResponsesRequest(asked('gpt-6-luna', messages)))).not.toMatch(
    /enc==|"rs"/,
  );
  expect(toResponsesRequest(asked('gpt-4.1', messages))).not.toHaveProperty('include');
});

test('Gemini gets signed parts as they were, and a stand-in for calls of other models', () => {
  const part = { functionCall: { name: 'look', args: {}, id: 'g1' }, thoughtSignature: 'th==' };
  const messages = history([
    call('c1', sealed('google', 'gemini-3.8-flash', part)),
    call('c2', sealed('google', 'gemini-3.8-flash', { functionCall: { name: 'look' } })),
  ]);
  expect(toContentRequest(asked('gemini-3.8-flash', messages))).toMatchObject({
    contents: [
      {},
      { role: 'model', parts: [part, { functionCall: { name: 'look' } }] },
      {
        role: 'user',
        parts: [
          { functionResponse: { id: 'g1', name: 'look', response: { output: 'one' } } },
          { functionResponse: { name: 'look', response: { error: 'two' } } },
        ],
      },
    ],
  });
  const other = JSON.stringify(toContentRequest(asked('gemini-3.7-flash', messages)));
  expect(other).not.toContain('th==');
  expect(other.match(/skip_thought_signature_validator/g)).toHaveLength(1);
});

test('older Gemini models are told the form of an answer in words beside tools', () => {
  const form = { ...asked('gemini-2.5-pro', []), outputSchema: { type: 'object' } };
  expect(toContentRequest(form).config).not.toHaveProperty('responseJsonSchema');
  expect(toContentRequest(form).config?.systemInstruction).toContain('JSON schema');
  const newer = toContentRequest({ ...form, model: 'gemini-3.8-flash' });
  expect(newer.config).toHaveProperty('responseJsonSchema');
});

test('compatible servers see thoughts again within a turn, and not after it', () => {
  const thought: MessagePart = {
    ...{ type: 'reasoning', text: 'Hm' },
    ...sealed('compatible', 'deepseek', { reasoning_content: 'Hm' }),
  };
  const messages = history([thought, call('c1'), call('c 2')]);
  const last = messages.at(-1);
  if (last !== undefined)
    last.content = [{ type: 'tool-result', id: 'c1', name: 'look', text: 'one' }];
  expect(toChatRequest('compatible', asked('deepseek', messages), 'object')).toMatchObject({
    messages: [
      {},
      {
        ...{ role: 'assistant', content: null, reasoning_content: 'Hm' },
        tool_calls: [{ id: 'c1', function: { arguments: '{"at":"c1"}' } }, {}],
      },
      { role: 'tool', tool_call_id: 'c1', content: 'one' },
      { role: 'tool', tool_call_id: expect.stringMatching(/^call_/) },
    ],
  });
  const later = [...messages, { role: 'user' as const, content: 'And now?' }];
  const again = toChatRequest('compatible', asked('deepseek', later), 'object');
  expect(JSON.stringify(again)).not.toContain('reasoning_content');
});

test('Ollama gets arguments as objects, and results by the name of their tool', () => {
  expect(toOllamaRequest(asked('qwen', history([call('c1'), call('c2')])), 8_192)).toMatchObject({
    messages: [
      {},
      { tool_calls: [{ function: { name: 'look', arguments: { at: 'c1' } } }, {}] },
      { role: 'tool', tool_name: 'look', content: 'one' },
      { role: 'tool', tool_name: 'look', content: 'two' },
    ],
    options: { num_ctx: 8_192 },
  });
});
