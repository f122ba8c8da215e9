import type { ModelProvider, ModelRequest, StreamPart } from '@/lib/models/schema';
import { estimateRequest, estimateWords } from '@/lib/models/tokens';
import { tokenCount } from '@/lib/models/usage';
import { doubtOf, promptRead, type Window, windowFor } from '@/lib/models/window';
import { StepError } from '@/lib/nodes/node-type/define-node';
import { at, listIn, objectIn, textIn } from '@/lib/values/unknown';
import { readFrames } from '../reading/frames';
import { readOllama } from '../reading/read-ollama';
import type { Access } from './access';
import { compatibleProvider } from './compatible';
import { usualAnswerTokens } from './model-call';
import { toOllamaRequest } from './ollama-request';
import { apart } from './split-reasoning';

/** For a question that is only worth asking while the server is quick. */
const patienceMs = 2_000;

const json = { 'content-type': 'application/json' };

/**
 * Ollama by its own protocol: its compatible one takes no window, and cuts prompts at 4,096 tokens without a word. The
 * window is asked for with every request, and what was counted is held against what was sent. A server that only speaks
 * the compatible protocol is spoken to in that.
 */
export function ollamaProvider(access: Access): ModelProvider {
  const root = access.baseUrl.replace(/\/+$/, '').replace(/\/v1$/, '');
  const compatible = compatibleProvider('ollama', access);
  const known = new Map<string, Promise<Window | undefined>>();

  const ask = async (path: string, body: unknown, signal: AbortSignal): Promise<Response> => {
    const sent = body === undefined ? {} : { method: 'POST', body: JSON.stringify(body) };
    return access.fetch(`${root}${path}`, { headers: json, signal, ...sent });
  };
  /** The window that the model is loaded with; undefined where the server does not tell. */
  const loaded = async (model: string, signal: AbortSignal): Promise<number | undefined> => {
    try {
      const response = await ask('/api/ps', undefined, signal);
      const found = listIn(at(await response.json(), 'models')).find((one) =>
        [at(one, 'name'), at(one, 'model')].some((name) => sameModel(name, model)),
      );
      return tokenCount(at(found, 'context_length')) || undefined;
    } catch {
      return undefined;
    }
  };
  const look = async (model: string, signal: AbortSignal): Promise<Window | undefined> => {
    const response = await ask('/api/show', { model }, signal);
    const body: unknown = await response.json().catch(() => undefined);
    if (!response.ok) {
      // Ollama says in words of its own what it does not have; others do not know this address.
      if (textIn(at(body, 'error')) === undefined) return undefined;
      throw refusal(response, body);
    }
    const info = objectIn(at(body, 'model_info')) ?? {};
    const most = Object.entries(info).find(([name]) => name.endsWith('.context_length'))?.[1];
    const own = /^\s*num_ctx\s+(\d+)/m.exec(textIn(at(body, 'parameters')) ?? '')?.[1];
    const current = (await loaded(model, signal)) ?? tokenCount(own);
    return {
      ...(tokenCount(most) === 0 ? {} : { most: tokenCount(most) }),
      ...(current === 0 ? {} : { current }),
    };
  };
  const windowOf = (model: string, signal: AbortSignal) => {
    const found = known.get(model) ?? look(model, signal);
    known.set(model, found);
    return found;
  };
  return {
    id: 'ollama',
    list: compatible.list,
    async window(model, signal) {
      return (await windowOf(model, signal))?.most;
    },
    async *stream(request, signal) {
      const window = await windowOf(request.model, signal);
      if (window === undefined) return yield* compatible.stream(request, signal);
      const size = windowFor(window, {
        request: estimateRequest(request.system, request.messages, request.tools),
        answer: request.maxTokens ?? usualAnswerTokens,
      });
      const response = await ask('/api/chat', toOllamaRequest(request, size), signal);
      if (!response.ok) throw refusal(response, await response.json().catch(() => undefined));
      const parts = apart(readOllama(readFrames(response)));
      const real = () =>
        loaded(request.model, AbortSignal.any([signal, AbortSignal.timeout(patienceMs)]));
      yield* verified(parts, { request, asked: size, most: window.most, real });
    },
  };
}

type Sent = {
  request: ModelRequest;
  asked: number;
  most: number | undefined;
  real(): Promise<number | undefined>;
};

/** The stream, with a word on the window at its end; fails when the prompt was not read to its end. */
async function* verified(
  parts: AsyncIterable<StreamPart>,
  { request, asked, most, real }: Sent,
): AsyncGenerator<StreamPart> {
  for await (const part of parts) {
    if (part.type !== 'finish') {
      yield part;
      continue;
    }
    const given = (await real()) ?? undefined;
    const counted = part.usage.inputTokens;
    // Each model makes its own number of tokens of a picture: the words are what is held against the count.
    const estimate = estimateWords(request.system, request.messages, request.tools);
    const window = given === undefined ? asked : Math.min(given, asked);
    const read = promptRead({ counted, estimate, asked, real: given });
    if (read === 'cut') {
      yield { type: 'usage', usage: part.usage };
      throw new StepError(
        'model_prompt_cut',
        `Ollama cut the prompt to its window of ${window} tokens: it read ${counted} of about ${Math.max(estimate, counted)}. Shorten the prompt, or choose a model with a larger window.`,
      );
    }
    const size = `Its window was ${window} tokens${most === undefined ? '' : `, of ${most} that it can have`}.`;
    const doubt = read === 'unsure' ? { doubt: doubtOf(counted, estimate) } : {};
    yield { ...part, note: { window: size, ...doubt } };
  }
}

function sameModel(name: unknown, model: string): boolean {
  const full = (given: string) => (given.includes(':') ? given : `${given}:latest`);
  return typeof name === 'string' && full(name) === full(model);
}

function refusal(response: Response, body: unknown): Error {
  const said = at(body, 'error') ?? body;
  return Object.assign(new Error(textIn(said) ?? ''), {
    ...{ status: response.status, headers: response.headers, error: said },
  });
}
