import { expect, test } from 'vitest';
import type { ModelRequest } from '@/lib/models/schema';
import { toMessageRequest } from './anthropic';
import { toContentRequest } from './google';
import { isStrict } from './is-strict';
import { toOllamaRequest } from './ollama-request';
import { toChatRequest } from './openai-chat';
import { toResponsesRequest } from './openai-responses';

const closed = {
  type: 'object',
  properties: { city: { type: 'string' } },
  required: ['city'],
  additionalProperties: false,
};
const asked = {
  model: 'm',
  system: 'Be kind.',
  messages: [
    { role: 'user' as const, content: 'one' },
    { role: 'assistant' as const, content: 'two' },
    { role: 'user' as const, content: 'three' },
  ],
  outputSchema: closed,
  maxTokens: 50,
};

test('OpenAI gets a strict schema, its own name for the limit, and a count of the tokens', () => {
  expect(toChatRequest('openai', asked, 'vendor')).toMatchObject({
    max_completion_tokens: 50,
    stream_options: { include_usage: true },
    response_format: { type: 'json_schema', json_schema: { schema: closed, strict: true } },
    messages: [
      { role: 'system', content: 'Be kind.' },
      { role: 'user', content: 'one' },
      { role: 'assistant', content: 'two' },
      { role: 'user', content: 'three' },
    ],
  });
});

test('an unknown compatible server is told the schema in words', () => {
  const request = toChatRequest('compatible', asked, 'object');
  expect(request).toMatchObject({ response_format: { type: 'json_object' } });
  expect(JSON.stringify(request.messages[0])).toContain('city');
  expect(request).toMatchObject({ max_tokens: 50 });
});

test.each([
  [closed, true],
  [{ ...closed, additionalProperties: true }, false],
  [{ ...closed, required: [] }, false],
  [{ type: 'array', items: { type: 'object', properties: {} } }, false],
  [{ type: 'array', items: closed }, true],
])('strict mode takes %j: %s', (schema, strict) => {
  expect(isStrict(schema)).toBe(strict);
});

test('Anthropic gets the schema as its output format', () => {
  expect(toMessageRequest(asked)).toMatchObject({
    max_tokens: 50,
    system: 'Be kind.',
    output_config: { format: { type: 'json_schema', schema: closed } },
  });
});

test('Anthropic is told in words what its output format cannot hold', () => {
  const request = toMessageRequest({ ...asked, outputSchema: { properties: { city: {} } } });
  expect(request).not.toHaveProperty('output_config');
  expect(JSON.stringify(request)).toContain('city');
});

test('Anthropic gets a temperature only where the model takes one', () => {
  expect(
    toMessageRequest({ ...asked, model: 'claude-opus-5-5', temperature: 0 }),
  ).not.toHaveProperty('temperature');
  expect(toMessageRequest({ ...asked, model: 'claude-haiku-4-5', temperature: 0 })).toHaveProperty(
    'temperature',
    0,
  );
});

test('Gemini gets roles, system text and schema in its own words', () => {
  expect(toContentRequest(asked)).toMatchObject({
    contents: [
      { role: 'user', parts: [{ text: 'one' }] },
      { role: 'model', parts: [{ text: 'two' }] },
      { role: 'user', parts: [{ text: 'three' }] },
    ],
    config: {
      systemInstruction: 'Be kind.',
      maxOutputTokens: 50,
      responseMimeType: 'application/json',
      responseJsonSchema: closed,
    },
  });
});

const looked: ModelRequest = {
  model: 'm',
  messages: [
    {
      role: 'user',
      content: [
        {
          ...{ type: 'picture', file: 'f', name: 'a.png', mediaType: 'image/png' },
          ...{ width: 4, height: 3, size: 5, data: 'QUJD' },
        },
        { type: 'text', text: 'What is this?' },
      ],
    },
  ],
};

test.each<[string, unknown, unknown]>([
  [
    'Anthropic',
    toMessageRequest(looked).messages,
    [
      {
        role: 'user',
        content: [
          {
            type: 'image',
            source: { type: 'base64', media_type: 'image/png', data: 'QUJD' },
          },
          { type: 'text', text: 'What is this?' },
        ],
      },
    ],
  ],
  [
    'OpenAI, chat',
    toChatRequest('openai', looked, 'vendor').messages,
    [
      {
        role: 'user',
        content: [
          {
            type: 'image_url',
            image_url: { url: 'data:image/png;base64,QUJD', detail: 'high' },
          },
          { type: 'text', text: 'What is this?' },
        ],
      },
    ],
  ],
  [
    'a compatible server',
    toChatRequest('compatible', looked, 'vendor').messages,
    [
      {
        role: 'user',
        content: [
          { type: 'image_url', image_url: { url: 'data:image/png;base64,QUJD' } },
          { type: 'text', text: 'What is this?' },
        ],
      },
    ],
  ],
  [
    'OpenAI, responses',
    toResponsesRequest(looked).input,
    [
      {
        role: 'user',
        content: [
          { type: 'input_image', image_url: 'data:image/png;base64,QUJD', detail: 'high' },
          { type: 'input_text', text: 'What is this?' },
        ],
      },
    ],
  ],
  [
    'Gemini',
    toContentRequest(looked).contents,
    [
      {
        role: 'user',
        parts: [{ inlineData: { mimeType: 'image/png', data: 'QUJD' } }, { text: 'What is this?' }],
      },
    ],
  ],
  [
    'Ollama',
    Reflect.get(toOllamaRequest(looked, 4_096), 'messages'),
    [{ role: 'user', content: 'What is this?', images: ['QUJD'] }],
  ],
])('%s gets a picture in its own words', (_, sent, wanted) => {
  expect(sent).toEqual(wanted);
});
