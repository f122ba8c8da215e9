import Anthropic from '@anthropic-ai/sdk';
import { transformJSONSchema } from '@anthropic-ai/sdk/lib/transform-json-schema';
import type {
  MessageCreateParamsStreaming,
  RawMessageStreamEvent,
} from '@anthropic-ai/sdk/resources/messages';
import { modelInfo } from '@/lib/models/catalogue';
import type { ModelProvider, ModelRequest, StreamPart } from '@/lib/models/schema';
import type { Access } from './access';

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
      yield* fromMessageStream(await client.messages.create(toMessageRequest(request), { signal }));
    },
    async list(signal) {
      const page = await client.models.list({ limit: 1_000 }, { signal });
      return page.data.map((model) => model.id);
    },
  };
}

/** The vendor's form of a request. */
export function toMessageRequest(request: ModelRequest): MessageCreateParamsStreaming {
  const format = outputFormat(request.outputSchema);
  const asked =
    request.outputSchema !== undefined && format === undefined
      ? `Answer with JSON that fits this JSON schema, and nothing else:\n${JSON.stringify(request.outputSchema)}`
      : undefined;
  const system = [request.system, asked].filter((part) => part !== undefined).join('\n\n');
  const fixed = modelInfo('anthropic', request.model)?.fixedTemperature;
  return {
    model: request.model,
    max_tokens: request.maxTokens ?? defaultMaxTokens,
    messages: request.messages.map(({ role, content }) => ({ role, content })),
    stream: true,
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

/** The vendor's stream as parts. */
export async function* fromMessageStream(
  events: AsyncIterable<RawMessageStreamEvent>,
): AsyncGenerator<StreamPart> {
  let reason: 'stop' | 'length' | 'refused' = 'stop';
  const usage = { inputTokens: 0, outputTokens: 0 };
  for await (const event of events) {
    if (event.type === 'content_block_delta' && event.delta.type === 'text_delta') {
      if (event.delta.text !== '') yield { type: 'text-delta', text: event.delta.text };
    } else if (event.type === 'message_start') {
      const given = event.message.usage;
      usage.inputTokens =
        (given?.input_tokens ?? 0) +
        (given?.cache_read_input_tokens ?? 0) +
        (given?.cache_creation_input_tokens ?? 0);
      usage.outputTokens = given?.output_tokens ?? 0;
    } else if (event.type === 'message_delta') {
      usage.outputTokens = event.usage?.output_tokens ?? usage.outputTokens;
      if (event.delta.stop_reason === 'refusal') reason = 'refused';
      if (
        event.delta.stop_reason === 'max_tokens' ||
        event.delta.stop_reason === 'model_context_window_exceeded'
      ) {
        reason = 'length';
      }
    }
  }
  yield { type: 'finish', reason, usage };
}
