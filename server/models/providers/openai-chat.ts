import OpenAI from 'openai';
import type {
  ChatCompletionCreateParamsStreaming,
  ChatCompletionMessageParam,
} from 'openai/resources/chat/completions';
import { modelInfo } from '@/lib/models/catalogue';
import type { ModelProvider, ModelRequest, ProviderId } from '@/lib/models/schema';
import { isRecord, textsIn } from '@/lib/values/unknown';
import { readFrames } from '../reading/frames';
import { readChat } from '../reading/read-chat';
import type { Access } from './access';
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
  const client = new OpenAI({
    apiKey: access.key === '' ? 'none' : access.key,
    baseURL: access.baseUrl,
    fetch: access.fetch,
    organization: null,
    project: null,
    maxRetries: 0,
    logLevel: 'off',
  });
  return {
    id,
    async *stream(request, signal) {
      const sent = client.chat.completions.create(toChatRequest(request, dialect), { signal });
      const parts = readChat(readFrames(await sent.asResponse()));
      yield* dialect === 'vendor' ? parts : apart(parts);
    },
    async list(signal) {
      const page = await client.models.list({ signal });
      return page.data.map((model) => model.id);
    },
  };
}

/** The vendor's form of a request. */
export function toChatRequest(
  request: ModelRequest,
  dialect: Dialect,
): ChatCompletionCreateParamsStreaming {
  const { outputSchema } = request;
  const fixed = dialect === 'vendor' && modelInfo('openai', request.model)?.fixedTemperature;
  return {
    model: request.model,
    messages: toMessages(request, dialect),
    stream: true,
    stream_options: { include_usage: true },
    ...(request.temperature === undefined || fixed ? {} : { temperature: request.temperature }),
    ...(request.maxTokens === undefined
      ? {}
      : dialect === 'vendor'
        ? { max_completion_tokens: request.maxTokens }
        : { max_tokens: request.maxTokens }),
    ...(outputSchema === undefined
      ? {}
      : dialect === 'object'
        ? { response_format: { type: 'json_object' } }
        : {
            response_format: {
              type: 'json_schema',
              json_schema: { name: 'output', schema: outputSchema, strict: isStrict(outputSchema) },
            },
          }),
  };
}

function toMessages(request: ModelRequest, dialect: Dialect): ChatCompletionMessageParam[] {
  const asked =
    request.outputSchema !== undefined && dialect === 'object'
      ? `Answer with one JSON object that fits this JSON schema, and nothing else:\n${JSON.stringify(request.outputSchema)}`
      : undefined;
  const system = [request.system, asked].filter((part) => part !== undefined).join('\n\n');
  return [
    ...(system === '' ? [] : [{ role: 'system' as const, content: system }]),
    ...request.messages.map(({ role, content }) => ({ role, content })),
  ];
}

/** Whether OpenAI's strict mode takes a schema: closed objects all of whose properties are required. */
export function isStrict(schema: unknown): boolean {
  if (Array.isArray(schema)) return schema.every(isStrict);
  if (!isRecord(schema)) return true;
  if ('oneOf' in schema || 'allOf' in schema || 'default' in schema) return false;
  if (schema.type === 'object' || 'properties' in schema) {
    const names = isRecord(schema.properties) ? Object.keys(schema.properties) : [];
    const required = new Set(textsIn(schema.required));
    if (schema.additionalProperties !== false || names.some((name) => !required.has(name)))
      return false;
  }
  return Object.values(schema).every(isStrict);
}
