import Anthropic from '@anthropic-ai/sdk';
import { transformJSONSchema } from '@anthropic-ai/sdk/lib/transform-json-schema';
import { modelInfo } from '@/lib/models/catalogue';
import type { ModelProvider, ModelRequest } from '@/lib/models/schema';
import { readFrames } from '../reading/frames';
import { readMessages } from '../reading/read-messages';
import type { Access } from './access';
import { toBlocks, toolsFor } from './anthropic-messages';
import { wordsForSchema } from './openai-chat';

/** The vendor wants a limit with every request; long enough for a report. */
const defaultMaxTokens = 8_192;

/** Anthropic on its official SDK. */
export function anthropicProvider(access: Access): ModelProvider {
  const client = new Anthropic({
    apiKey: access.key,
    authToken: null,
    baseURL: access.baseUrl,
    fetch: access.fetch,
    maxRetries: 0,
    logLevel: 'off',
  });
  return {
    id: 'anthropic',
    async *stream(request, signal) {
      const body = toMessageRequest(request);
      const sent = client.post('/v1/messages', { body, signal, stream: true });
      yield* readMessages(readFrames(await sent.asResponse()));
    },
    async list(signal) {
      const page = await client.models.list({ limit: 1_000 }, { signal });
      return page.data.map((model) => model.id);
    },
  };
}

/** The vendor's form of a request. */
export function toMessageRequest(request: ModelRequest) {
  const format = outputFormat(request.outputSchema);
  const asked =
    request.outputSchema !== undefined && format === undefined
      ? wordsForSchema(request.outputSchema, (request.tools ?? []).length > 0)
      : undefined;
  const system = [request.system, asked].filter((part) => part !== undefined).join('\n\n');
  const fixed = modelInfo('anthropic', request.model)?.fixedTemperature;
  return {
    model: request.model,
    max_tokens: request.maxTokens ?? defaultMaxTokens,
    messages: toBlocks(request),
    stream: true,
    ...toolsFor(request),
    ...(system === '' ? {} : { system }),
    ...(request.temperature === undefined || fixed ? {} : { temperature: request.temperature }),
    ...(format === undefined ? {} : { output_config: { format } }),
  };
}

function outputFormat(schema: Record<string, unknown> | undefined) {
  if (schema === undefined) return undefined;
  try {
    return { type: 'json_schema' as const, schema: transformJSONSchema(schema) };
  } catch {
    return undefined;
  }
}
