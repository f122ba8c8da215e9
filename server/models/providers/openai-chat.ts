import OpenAI from 'openai';
import { modelInfo } from '@/lib/models/catalogue';
import type { ModelProvider, ModelRequest, ProviderId } from '@/lib/models/schema';
import { readFrames } from '../reading/frames';
import { readChat } from '../reading/read-chat';
import type { Access } from './access';
import { toChatMessages } from './chat-messages';
import { isStrict } from './is-strict';
import { apart } from './split-reasoning';

/**
 * How servers differ that speak OpenAI's chat protocol. `vendor`: OpenAI itself. `schema`: local servers, which
 * take a JSON schema. `object`: any other, of which only "some JSON object" can be expected.
 */
export type Dialect = 'vendor' | 'schema' | 'object';

/**
 * OpenAI, and every server which speaks its chat protocol, on the official SDK; what comes back is read here, since it
 * is not what the SDK expects where somebody else wrote the server.
 */
export function openaiChat(id: ProviderId, access: Access, dialect: Dialect): ModelProvider {
  const client = openaiClient(access);
  return {
    id,
    async *stream(request, signal) {
      const body = toChatRequest(id, request, dialect);
      const sent = client.post('/chat/completions', { body, signal, stream: true });
      const parts = readChat(readFrames(await sent.asResponse()));
      yield* dialect === 'vendor' ? parts : apart(parts);
    },
    async list(signal) {
      const page = await client.models.list({ signal });
      return page.data.map((model) => model.id);
    },
  };
}

/** OpenAI's client. Its types are those of its own servers, so requests are posted as they are made here. */
export function openaiClient(access: Access): OpenAI {
  return new OpenAI({
    apiKey: access.key === '' ? 'none' : access.key,
    baseURL: access.baseUrl,
    fetch: access.fetch,
    organization: null,
    project: null,
    maxRetries: 0,
    logLevel: 'off',
  });
}

/** The vendor's form of a request. */
export function toChatRequest(id: ProviderId, request: ModelRequest, dialect: Dialect) {
  const { outputSchema, tools, toolChoice } = request;
  const fixed = dialect === 'vendor' && modelInfo('openai', request.model)?.fixedTemperature;
  return {
    model: request.model,
    messages: toMessages(id, request, dialect),
    stream: true,
    stream_options: { include_usage: true },
    ...(request.temperature === undefined || fixed ? {} : { temperature: request.temperature }),
    ...(request.maxTokens === undefined
      ? {}
      : dialect === 'vendor'
        ? { max_completion_tokens: request.maxTokens }
        : { max_tokens: request.maxTokens }),
    ...(tools === undefined || tools.length === 0
      ? {}
      : {
          tools: tools.map(({ name, description, inputSchema: parameters }) => ({
            type: 'function',
            function: { name, description, parameters },
          })),
          tool_choice: toolChoice ?? 'auto',
        }),
    ...(outputSchema === undefined || saysSchema(request, dialect)
      ? dialect === 'object' && outputSchema !== undefined && !hasTools(request)
        ? { response_format: { type: 'json_object' } }
        : {}
      : {
          response_format: {
            type: 'json_schema',
            json_schema: { name: 'output', schema: outputSchema, strict: isStrict(outputSchema) },
          },
        }),
  };
}

const hasTools = ({ tools = [] }: ModelRequest) => tools.length > 0;

/** Servers that take a form for the answer or tools, and not both, get the form in words. */
const saysSchema = (request: ModelRequest, dialect: Dialect) =>
  dialect === 'object' || (dialect === 'schema' && hasTools(request));

function toMessages(id: ProviderId, request: ModelRequest, dialect: Dialect) {
  const asked =
    request.outputSchema !== undefined && saysSchema(request, dialect)
      ? wordsForSchema(request.outputSchema, hasTools(request))
      : undefined;
  const system = [request.system, asked].filter((part) => part !== undefined).join('\n\n');
  return [
    ...(system === '' ? [] : [{ role: 'system', content: system }]),
    ...toChatMessages(id, request),
  ];
}

/** Asks for the form of an answer in words, where a server cannot be told otherwise. */
export function wordsForSchema(schema: Record<string, unknown>, tools: boolean): string {
  const when = tools ? 'When you give your answer, answer' : 'Answer';
  return `${when} with one JSON object that fits this JSON schema, and nothing else:\n${JSON.stringify(schema)}`;
}
