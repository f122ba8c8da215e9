import {
  FinishReason,
  type GenerateContentParameters,
  type GenerateContentResponse,
  GoogleGenAI,
} from '@google/genai';
import { modelInfo } from '@/lib/models/catalogue';
import type { ModelProvider, ModelRequest, StreamPart } from '@/lib/models/schema';
import type { Access } from './access';

/** Google Gemini on its official SDK. */
export function googleProvider(access: Access): ModelProvider {
  const client = new GoogleGenAI({
    apiKey: access.key,
    vertexai: false,
    // The version that also serves previews and takes JSON schemas.
    apiVersion: 'v1beta',
    httpOptions: { baseUrl: access.baseUrl, fetch: access.fetch, retryOptions: { attempts: 1 } },
  });
  return {
    id: 'google',
    async *stream(request, signal) {
      const params = toContentRequest(request);
      params.config = { ...params.config, abortSignal: signal };
      yield* fromContentStream(await client.models.generateContentStream(params));
    },
    async list(signal) {
      const pager = await client.models.list({ config: { pageSize: 200, abortSignal: signal } });
      return pager.page.flatMap((model) => model.name?.replace(/^models\//, '') ?? []);
    },
  };
}

/** The vendor's form of a request. */
export function toContentRequest(request: ModelRequest): GenerateContentParameters {
  const fixed = modelInfo('google', request.model)?.fixedTemperature;
  return {
    model: request.model,
    contents: request.messages.map(({ role, content }) => ({
      role: role === 'assistant' ? 'model' : 'user',
      parts: [{ text: content }],
    })),
    config: {
      ...(request.system === undefined ? {} : { systemInstruction: request.system }),
      ...(request.temperature === undefined || fixed ? {} : { temperature: request.temperature }),
      ...(request.maxTokens === undefined ? {} : { maxOutputTokens: request.maxTokens }),
      ...(request.outputSchema === undefined
        ? {}
        : { responseMimeType: 'application/json', responseJsonSchema: request.outputSchema }),
    },
  };
}

/** The vendor's stream as parts. Thoughts are not part of the text, but are paid for as output. */
export async function* fromContentStream(
  chunks: AsyncIterable<GenerateContentResponse>,
): AsyncGenerator<StreamPart> {
  let reason: 'stop' | 'length' | 'refused' = 'stop';
  let usage = { inputTokens: 0, outputTokens: 0 };
  for await (const chunk of chunks) {
    const candidate = chunk.candidates?.[0];
    for (const part of candidate?.content?.parts ?? []) {
      if (part.text && !part.thought) yield { type: 'text-delta', text: part.text };
    }
    if (chunk.promptFeedback?.blockReason) reason = 'refused';
    if (candidate?.finishReason) reason = reasons[candidate.finishReason] ?? 'stop';
    const counted = chunk.usageMetadata;
    if (counted) {
      usage = {
        inputTokens: counted.promptTokenCount ?? 0,
        outputTokens: (counted.candidatesTokenCount ?? 0) + (counted.thoughtsTokenCount ?? 0),
      };
    }
  }
  yield { type: 'finish', reason, usage };
}

const reasons: Readonly<Record<string, 'length' | 'refused'>> = {
  [FinishReason.MAX_TOKENS]: 'length',
  [FinishReason.SAFETY]: 'refused',
  [FinishReason.RECITATION]: 'refused',
  [FinishReason.BLOCKLIST]: 'refused',
  [FinishReason.PROHIBITED_CONTENT]: 'refused',
  [FinishReason.SPII]: 'refused',
};
