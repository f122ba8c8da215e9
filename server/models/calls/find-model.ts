import { type Available, type Choice, cheaperModels, chooseModel } from '@/lib/models/choose';
import { fallbackModels } from '@/lib/models/failing/fallback';
import { picturesIn } from '@/lib/models/message';
import type { Speeds } from '@/lib/models/modes';
import { seesPictures } from '@/lib/models/pictures/sight';
import { providerInfo } from '@/lib/models/providers';
import { isRule, type ModelProvider, type ProviderId } from '@/lib/models/schema';
import { estimateRequest } from '@/lib/models/tokens';
import { StepError } from '@/lib/nodes/node-type/define-node';
import type { Prisma } from '@/server/db/prisma';
import { accountOf } from '../cooling/cooling';
import { findKeys, listKeys, rejectedBy, type UsableKey } from '../keys/keys';
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
  call: Pick<ModelCall, 'policy' | 'workspaceId'> & Partial<Pick<ModelCall, 'messages'>>,
): Promise<Available[]> {
  const { policy, workspaceId } = call;
  const rule = isRule(policy);
  const named = isRule(policy) ? [] : [policy, ...(policy.fallback ?? [])];
  const looks = rule || named.some(({ provider }) => providerInfo(provider).local);
  const [servers, keys] = await Promise.all([
    looks ? reach.locals.find() : [],
    listKeys(reach.prisma, workspaceId),
  ]);
  const withKeys = new Set(keys.map(({ provider }) => provider));
  const keyed = [...withKeys].map(async (provider) => ({
    provider,
    models: provider === 'compatible' && rule ? await reach.served(workspaceId) : [],
  }));
  const available = [...servers, ...(await Promise.all(keyed))];
  if (!call.messages?.some((message) => picturesIn(message).length > 0)) return available;
  return Promise.all(available.map((each) => withSight(reach, each, named)));
}

/** A provider with what is known of its models' sight: a server on this machine is asked. */
async function withSight(
  { locals }: Pick<Reach, 'locals'>,
  { provider, models }: Available,
  named: readonly { provider: ProviderId; model: string }[],
): Promise<Available> {
  const listed = (model: string) => seesPictures(provider, model);
  if (provider !== 'ollama' && provider !== 'llamacpp') return { provider, models, sees: listed };
  const wanted = named.flatMap((one) => (one.provider === provider ? [one.model] : []));
  const told = await locals.sight(provider, [...new Set([...wanted, ...models])]);
  return { provider, models, sees: (model) => told.get(model) ?? listed(model) };
}

/** One way to reach the provider of a choice. */
export type Account = {
  name: string;
  /** Decrypts its key. Throws `StepError` `model_key_lost`. */
  open: () => Opened;
  /** Takes down whether its key was taken or refused. Never rejects. */
  note?: (found: 'taken' | 'refused') => Promise<void>;
};

/**
 * The accounts by which the provider of a choice can be asked, in their order: one for each key. A provider is reached
 * only until the call's signal aborts, which cuts what is open, whether the vendor's SDK listens or not. Throws
 * `StepError` `no_model`.
 */
export async function accountsOf(
  reach: Reach,
  { workspaceId, signal }: Pick<ModelCall, 'workspaceId' | 'signal'>,
  { provider }: Choice,
): Promise<Account[]> {
  if (provider === 'rehearsal') return [rehearsal];
  const opened = ({ fetch: unbound, ...access }: Access): Opened => {
    const vendor = openVendor(provider, { ...access, fetch: fetchUntil(unbound, signal) });
    if (vendor === undefined) return rehearsal.open();
    const { key, baseUrl } = access;
    return { provider: vendor, secret: key, account: accountOf(key, baseUrl) };
  };
  if (provider === 'ollama' || provider === 'llamacpp') {
    const { locals } = reach;
    const open = () => opened({ key: '', baseUrl: locals.baseUrl(provider), fetch: locals.fetch });
    return [{ name: '', open }];
  }
  const keys = await findKeys(reach.prisma, reach.vault, workspaceId, provider);
  if (keys.length === 0) {
    throw new StepError('no_model', 'This provider’s key was removed. Choose another model.');
  }
  return keys.map((key) => ({
    name: key.name,
    open: () => opened({ key: decrypted(key), baseUrl: key.baseUrl, fetch: reach.fetch }),
    // What the settings say of a key is no reason for a call to fail.
    note: (found) =>
      key.note(found === 'taken' ? null : rejectedBy(provider)).catch(() => undefined),
  }));
}

const rehearsal: Account = {
  name: '',
  open: () => ({ provider: rehearsalProvider, secret: '' }),
};

function decrypted(key: UsableKey): string {
  try {
    return key.open();
  } catch (error) {
    throw VaultError.isInstance(error) ? new StepError('model_key_lost', error.message) : error;
  }
}

function fetchUntil(open: typeof fetch, end: AbortSignal): typeof fetch {
  return (input, init) => {
    const signal = init?.signal ? AbortSignal.any([init.signal, end]) : end;
    return open(input, { ...init, signal });
  };
}
