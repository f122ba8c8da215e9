import { type Available, type Choice, cheaperModels, chooseModel } from '@/lib/models/choose';
import { fallbackModels } from '@/lib/models/failing/fallback';
import type { Speeds } from '@/lib/models/modes';
import { providerInfo } from '@/lib/models/providers';
import { isRule, type ModelProvider, type ProviderId } from '@/lib/models/schema';
import { estimateRequest } from '@/lib/models/tokens';
import { StepError } from '@/lib/nodes/node-type/define-node';
import type { Prisma } from '@/server/db/prisma';
import { accountOf } from '../cooling/cooling';
import { listKeys, openKey } from '../keys/keys';
import { type Vault, VaultError } from '../keys/vault';
import type { Access } from '../providers/access';
import type { Locals } from '../providers/local';
import { answerTokens, type ModelCall } from '../providers/model-call';
import { openVendor } from '../providers/vendor';
import type { Served } from './list-served-models';
import { rehearsalProvider } from './rehearsal';

/** Where models can be found and reached. */
export type Reach = {
  prisma: Prisma;
  vault: Vault;
  locals: Locals;
  served: Served;
  /** How fast models answered lately in a workspace. */
  speeds(workspaceId: string): Promise<Speeds>;
  /** The egress client's, for vendors. */
  fetch: typeof fetch;
};

/** A provider ready for one call; `secret` is what must not get out of it, `account` whom its provider knows. */
export type Opened = { provider: ModelProvider; secret: string; account?: string };

/** Which model answers a call. Throws `StepError` `no_model`. */
export async function findModel(reach: Reach, call: ModelCall): Promise<Choice> {
  const available = call.mode === 'rehearsal' ? [] : await findAvailable(reach, call);
  const speeds = await speedsFor(reach, call);
  const choice = chooseModel(call.policy, call.mode, available, tokensOf(call), speeds);
  if ('refused' in choice) throw new StepError('no_model', choice.refused);
  return choice;
}

/** Models that answer when the chosen one fails, in their order. */
export async function findFallbacks(
  reach: Reach,
  call: ModelCall,
  choice: Choice,
): Promise<Choice[]> {
  const none = !isRule(call.policy) && (call.policy.fallback ?? []).length === 0;
  if (call.mode === 'rehearsal' || none) return [];
  const available = await findAvailable(reach, call);
  const speeds = await speedsFor(reach, call);
  return fallbackModels(choice, call.policy, available, tokensOf(call), speeds);
}

/** Models that could answer instead of one that there is no money for, the cheapest first. */
export async function findCheaper(
  reach: Reach,
  call: ModelCall,
  choice: Choice,
): Promise<Choice[]> {
  const available = await findAvailable(reach, { ...call, policy: 'auto' });
  return cheaperModels(choice, call.policy, available, tokensOf(call));
}

const tokensOf = (call: ModelCall) =>
  estimateRequest(call.system, call.messages, call.tools) + answerTokens(call);

/** Only one rule goes by them. */
export async function speedsFor(
  reach: Reach,
  { policy, workspaceId }: Pick<ModelCall, 'policy' | 'workspaceId'>,
): Promise<Speeds> {
  const asks = isRule(policy) && policy !== 'auto' && policy.mode === 'fastest';
  return asks ? reach.speeds(workspaceId) : new Map();
}

/** Providers that could be called now. */
export async function findAvailable(
  reach: Reach,
  call: Pick<ModelCall, 'policy' | 'workspaceId'>,
): Promise<Available[]> {
  const { policy, workspaceId } = call;
  const rule = isRule(policy);
  const named = isRule(policy) ? [] : [policy, ...(policy.fallback ?? [])];
  const looks = rule || named.some(({ provider }) => providerInfo(provider).local);
  const [servers, keys] = await Promise.all([
    looks ? reach.locals.find() : [],
    listKeys(reach.prisma, workspaceId),
  ]);
  const keyed = keys.map(async ({ provider }) => ({
    provider,
    models: provider === 'compatible' && rule ? await reach.served(workspaceId) : [],
  }));
  return [...servers, ...(await Promise.all(keyed))];
}

/**
 * The provider of a choice. The key is decrypted here. It reaches its vendor only until the call's signal aborts, which
 * cuts what is open, whether the vendor's SDK listens or not. Throws `StepError` `no_model`, `model_key_lost`.
 */
export async function openModel(
  reach: Reach,
  { workspaceId, signal }: Pick<ModelCall, 'workspaceId' | 'signal'>,
  { provider }: Choice,
): Promise<Opened> {
  const local = provider === 'ollama' || provider === 'llamacpp';
  const access = local
    ? { key: '', baseUrl: reach.locals.baseUrl(provider), fetch: reach.locals.fetch }
    : await vendorAccess(reach, workspaceId, provider);
  const opened =
    access && openVendor(provider, { ...access, fetch: fetchUntil(access.fetch, signal) });
  if (access === undefined || opened === undefined)
    return { provider: rehearsalProvider, secret: '' };
  const { key, baseUrl } = access;
  return { provider: opened, secret: key, account: accountOf(key, baseUrl) };
}

function fetchUntil(open: typeof fetch, end: AbortSignal): typeof fetch {
  return (input, init) => {
    const signal = init?.signal ? AbortSignal.any([init.signal, end]) : end;
    return open(input, { ...init, signal });
  };
}

async function vendorAccess(
  reach: Reach,
  workspaceId: string,
  provider: ProviderId,
): Promise<Access | undefined> {
  if (provider === 'rehearsal') return undefined;
  const stored = await openKey(reach.prisma, reach.vault, workspaceId, provider).catch(
    (error: unknown) => {
      throw VaultError.isInstance(error) ? new StepError('model_key_lost', error.message) : error;
    },
  );
  if (stored !== undefined) return { ...stored, fetch: reach.fetch };
  throw new StepError('no_model', 'This provider’s key was removed. Choose another model.');
}
