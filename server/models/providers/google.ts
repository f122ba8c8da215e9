import { type GenerateContentParameters, GoogleGenAI } from '@google/genai';
import { modelInfo } from '@/lib/models/catalogue';
import type { ModelProvider, ModelRequest } from '@/lib/models/schema';
import { readFrames } from '../reading/frames';
import { readGemini } from '../reading/read-gemini';
import type { Access } from './access';

/** Google Gemini on its official SDK. */
export function googleProvider(access: Access): ModelProvider {
  const clientOn = (open: typeof fetch) =>
    new GoogleGenAI({
      apiKey: access.key,
      vertexai: false,
      // The version that also serves previews and takes JSON schemas.
      apiVersion: 'v1beta',
      httpOptions: { baseUrl: access.baseUrl, fetch: open, retryOptions: { attempts: 1 } },
    });
  return {
    id: 'google',
    async *stream(request, signal) {
      const params = toContentRequest(request);
      params.config = { ...params.config, abortSignal: signal };
      const { open, answer } = intercepted(access.fetch);
      try {
        await clientOn(open).models.generateContentStream(params);
      } catch (error) {
        // The SDK drops the headers of a refusal, which may say when to come again.
        throw Object.assign(error instanceof Error ? error : new Error(String(error)), {
          headers: answer()?.headers,
        });
      }
      const response = answer();
      if (response !== undefined) yield* readGemini(readFrames(response));
    },
    async list(signal) {
      const pager = await clientOn(access.fetch).models.list({
        config: { pageSize: 200, abortSignal: signal },
      });
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

/** A way out that keeps the answer for this file: the SDK gets an empty one in its place, unless it is a refusal. */
function intercepted(given: typeof fetch): { open: typeof fetch; answer(): Response | undefined } {
  let kept: Response | undefined;
  const open: typeof fetch = async (input, init) => {
    kept = await given(input, init);
    return kept.ok ? new Response('', { headers: { 'content-type': 'text/event-stream' } }) : kept;
  };
  return { open, answer: () => kept };
}
