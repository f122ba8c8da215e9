import { contextTokens } from '@/lib/models/catalogue';
import { type Available, type Choice, chooseModel } from '@/lib/models/choose';
import type { ProviderView } from '@/lib/models/contract';
import { fitMessages } from '@/lib/models/fit';
import { parseOutput, schemaProblem } from '@/lib/models/output';
import { priceCall } from '@/lib/models/price';
import type {
  ModelMessage,
  ModelPolicy,
  ModelProvider,
  ModelRequest,
  ProviderId,
} from '@/lib/models/schema';
import { estimateRequest, estimateTokens } from '@/lib/models/tokens';
import { type ModelAnswer, StepError } from '@/lib/nodes/define-node';
import type { Prisma } from '@/server/db/prisma';
import type { Egress } from '@/server/egress/client';
import type { Access } from './access';
import { modelFailure } from './failure';
import { listKeys, openKey } from './keys';
import { createLocals, type LocalId, type Locals } from './local';
import { viewProviders } from './overview';
import { rehearsalProvider } from './rehearsal';
import { createServed, type Served } from './served';
import { type Vault, VaultError } from './vault';
import { openVendor } from './vendor';
import { watched } from './watch';

export type ModelCall = {
  workspaceId: string;
  mode: 'live' | 'rehearsal';
  policy: ModelPolicy;
  system?: string;
  messages: ModelMessage[];
  outputSchema?: Record<string, unknown>;
  maxTokens?: number;
  temperature?: number;
  signal: AbortSignal;
  /** Text as it is written. After a misfit the second try follows the first. */
  onDelta?: (text: string) => void;
};

export type Models = {
  /**
   * Chooses a model, calls it and counts what it cost. The key is decrypted for this call alone. With an output
   * schema the answer is parsed and checked; a misfit gets one more try. Throws `StepError` (`no_model`,
   * `model_*`, `output_misfit`), or the signal's reason.
   */
  call(request: ModelCall): Promise<ModelAnswer>;
  /** Every provider with its state and models, for people. Takes at most a few hundred milliseconds. */
  overview(workspaceId: string): Promise<ProviderView[]>;
};

type Warn = Readonly<{ warn: (details: object, message: string) => void }>;
type Parts = {
  prisma: Prisma;
  vault: Vault;
  egress: Egress;
  log: Warn;
  /** Where tests put local servers and how long a stream may be silent. */
  localUrls?: Partial<Record<LocalId, string>>;
  idleMs?: number;
};

/** Room that is kept for the answer when nobody says how long it may be. */
const answerTokens = (call: ModelCall) => call.maxTokens ?? 4_096;

type Opened = { provider: ModelProvider; secret: string };

/** The models of all workspaces. Opens no connection by itself. */
export function createModels(parts: Parts): Models {
  const locals = createLocals(parts.egress, parts.localUrls);
  const vendorFetch = parts.egress.fetch();
  const served = createServed(parts, vendorFetch);
  return {
    async call(request) {
      const choice = await choose(parts, locals, served, request);
      const opened = await open(parts, locals, vendorFetch, request.workspaceId, choice);
      return answer(parts, choice, opened, request);
    },
    overview: (workspaceId) => viewProviders({ ...parts, locals, fetch: vendorFetch }, workspaceId),
  };
}

async function choose(
  parts: Parts,
  locals: Locals,
  served: Served,
  request: ModelCall,
): Promise<Choice> {
  const available =
    request.mode === 'rehearsal' ? [] : await findAvailable(parts, locals, served, request);
  const tokens = estimateRequest(request.system, request.messages) + answerTokens(request);
  const choice = chooseModel(request.policy, request.mode, available, tokens);
  if ('refused' in choice) throw new StepError('no_model', choice.refused);
  return choice;
}

async function findAvailable(
  parts: Parts,
  locals: Locals,
  served: Served,
  { policy, workspaceId }: ModelCall,
): Promise<Available[]> {
  const servers = policy === 'auto' || isLocal(policy) ? await locals.find() : [];
  if (servers.length > 0) return servers;
  const keys = await listKeys(parts.prisma, workspaceId);
  return Promise.all(
    keys.map(async ({ provider }) => ({
      provider,
      models: provider === 'compatible' && policy === 'auto' ? await served(workspaceId) : [],
    })),
  );
}

function isLocal(policy: ModelPolicy): boolean {
  return policy !== 'auto' && (policy.provider === 'ollama' || policy.provider === 'llamacpp');
}

async function open(
  parts: Parts,
  locals: Locals,
  vendorFetch: typeof fetch,
  workspaceId: string,
  { provider }: Choice,
): Promise<Opened> {
  const local = provider === 'ollama' || provider === 'llamacpp';
  const access = local
    ? { key: '', baseUrl: locals.baseUrl(provider), fetch: locals.fetch }
    : await vendorAccess(parts, vendorFetch, workspaceId, provider);
  const opened = access && openVendor(provider, access);
  return { provider: opened ?? rehearsalProvider, secret: access?.key ?? '' };
}

async function vendorAccess(
  parts: Parts,
  vendorFetch: typeof fetch,
  workspaceId: string,
  provider: ProviderId,
): Promise<Access | undefined> {
  if (provider === 'rehearsal') return undefined;
  const stored = await openKey(parts.prisma, parts.vault, workspaceId, provider).catch(
    (error: unknown) => {
      throw error instanceof VaultError ? new StepError('model_key_lost', error.message) : error;
    },
  );
  if (stored !== undefined) return { ...stored, fetch: vendorFetch };
  throw new StepError('no_model', 'The key of this provider was removed. Choose another model.');
}

type Spoken = { text: string; inputTokens: number; outputTokens: number };

async function answer(
  parts: Parts,
  choice: Choice,
  opened: Opened,
  call: ModelCall,
): Promise<ModelAnswer> {
  const { outputSchema } = call;
  const problem = outputSchema && schemaProblem(outputSchema);
  if (problem) throw new StepError('output_schema', `The output schema cannot be used: ${problem}`);
  const first = await speak(parts, choice, opened, call, call.messages);
  if (outputSchema === undefined) return answered(choice, [first], first.text);
  let parsed = parseOutput(first.text, outputSchema);
  if (parsed.ok) return { ...answered(choice, [first], first.text), value: parsed.value };
  parts.log.warn(
    { provider: choice.provider, model: choice.model },
    'an answer misfits its schema',
  );
  const again = await speak(parts, choice, opened, call, [
    ...call.messages,
    { role: 'assistant', content: first.text === '' ? '(nothing)' : first.text },
    {
      role: 'user',
      content: `That does not fit the wanted form. ${parsed.problem}\nAnswer again with the corrected JSON and nothing else.`,
    },
  ]);
  parsed = parseOutput(again.text, outputSchema);
  if (!parsed.ok) {
    throw new StepError(
      'output_misfit',
      `The model's answer does not fit the output schema: ${parsed.problem}`,
      {
        retryable: true,
      },
    );
  }
  return { ...answered(choice, [first, again], again.text), value: parsed.value };
}

function answered(choice: Choice, spoken: Spoken[], text: string): ModelAnswer {
  const sum = (of: (each: Spoken) => number) => spoken.reduce((all, each) => all + of(each), 0);
  const cost = priceCall(choice.provider, choice.model, {
    inputTokens: sum((each) => each.inputTokens),
    outputTokens: sum((each) => each.outputTokens),
  });
  return {
    text,
    provider: choice.provider,
    model: choice.model,
    rehearsed: choice.provider === 'rehearsal',
    reason: cost.note === undefined ? choice.reason : `${choice.reason} ${cost.note}`,
    usage: cost.usage,
  };
}

async function speak(
  parts: Parts,
  choice: Choice,
  opened: Opened,
  call: ModelCall,
  messages: ModelMessage[],
): Promise<Spoken> {
  const room =
    contextTokens(choice.provider, choice.model) -
    answerTokens(call) -
    estimateTokens(call.system ?? '');
  const request: ModelRequest = {
    model: choice.model,
    messages: fitMessages(messages, room).messages,
    ...(call.system === undefined ? {} : { system: call.system }),
    ...(call.outputSchema === undefined ? {} : { outputSchema: call.outputSchema }),
    ...(call.maxTokens === undefined ? {} : { maxTokens: call.maxTokens }),
    ...(call.temperature === undefined ? {} : { temperature: call.temperature }),
  };
  try {
    return await listen(opened.provider, request, call, parts.idleMs ?? 60_000);
  } catch (error) {
    if (call.signal.aborted) throw call.signal.reason;
    throw modelFailure(error, choice.provider, choice.model, opened.secret);
  }
}

async function listen(
  provider: ModelProvider,
  request: ModelRequest,
  call: ModelCall,
  idleMs: number,
): Promise<Spoken> {
  let text = '';
  let usage = { inputTokens: 0, outputTokens: 0 };
  let reason = 'stop';
  const stream = watched((signal) => provider.stream(request, signal), idleMs, call.signal);
  for await (const part of stream) {
    if (part.type === 'text-delta') {
      text += part.text;
      call.onDelta?.(part.text);
    } else {
      usage = part.usage;
      reason = part.reason;
    }
  }
  if (reason === 'refused') {
    throw new StepError(
      'model_refused',
      'The model refused to answer this request. Change its wording.',
    );
  }
  if (text.trim() === '') {
    throw new StepError('model_silent', 'The model answered nothing.', { retryable: true });
  }
  return {
    text,
    inputTokens: usage.inputTokens || estimateRequest(request.system, request.messages),
    outputTokens: usage.outputTokens || estimateTokens(text),
  };
}
