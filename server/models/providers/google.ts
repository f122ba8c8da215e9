import {
  FunctionCallingConfigMode,
  type GenerateContentConfig,
  type GenerateContentParameters,
  GoogleGenAI,
} from '@google/genai';
import { modelInfo } from '@/lib/models/catalogue';
import type { ModelProvider, ModelRequest } from '@/lib/models/schema';
import { readFrames } from '../reading/frames';
import { readGemini } from '../reading/read-gemini';
import type { Access } from './access';
import { toContents } from './google-contents';
import { wordsForSchema } from './openai-chat';

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
  const { model, maxTokens, temperature, outputSchema } = request;
  const fixed = modelInfo('google', model)?.fixedTemperature;
  const said = outputSchema !== undefined && hasTools(request) && !takesBoth(model);
  const asked = said ? wordsForSchema(outputSchema, true) : undefined;
  const system = [request.system, asked].filter((part) => part !== undefined).join('\n\n');
  return {
    model,
    contents: toContents(request),
    config: {
      ...(system === '' ? {} : { systemInstruction: system }),
      ...(temperature === undefined || fixed ? {} : { temperature }),
      ...(maxTokens === undefined ? {} : { maxOutputTokens: maxTokens }),
      ...(outputSchema === undefined || said
        ? {}
        : { responseMimeType: 'application/json', responseJsonSchema: outputSchema }),
      ...toolConfig(request),
    },
  };
}

const hasTools = ({ tools = [] }: ModelRequest) => tools.length > 0;

/** Models before the third generation take tools or a form for the answer, and not both. */
const takesBoth = (model: string) => !/^gemini-[12]\b/.test(model);

const modes = {
  auto: FunctionCallingConfigMode.AUTO,
  none: FunctionCallingConfigMode.NONE,
  required: FunctionCallingConfigMode.ANY,
};

function toolConfig({ tools = [], toolChoice }: ModelRequest): GenerateContentConfig {
  if (tools.length === 0) return {};
  const functionDeclarations = tools.map(({ name, description, inputSchema }) => ({
    ...{ name, description, parametersJsonSchema: inputSchema },
  }));
  return {
    tools: [{ functionDeclarations }],
    toolConfig: { functionCallingConfig: { mode: modes[toolChoice ?? 'auto'] } },
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
