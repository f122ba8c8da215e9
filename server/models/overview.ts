import { knownModels } from '@/lib/models/catalogue';
import type { ProviderView } from '@/lib/models/contract';
import { type ProviderInfo, providers, rehearsalModel } from '@/lib/models/providers';
import type { ProviderId } from '@/lib/models/schema';
import type { Prisma } from '@/server/db/prisma';
import type { OwnPrice } from '@/server/spending/prices/own-prices';
import { modelFailure } from './calls/failure';
import { type KeyInfo, listKeys, openServer } from './keys/keys';
import type { Vault } from './keys/vault';
import { viewKey } from './keys/view-key';
import type { ProviderLimit } from './limits/list-limits';
import { compatibleProvider } from './providers/compatible';
import type { LocalServer, Locals } from './providers/local';

type Parts = { prisma: Prisma; vault: Vault; locals: Locals; fetch: typeof fetch };

/** Every provider as people see it. Asks local and compatible servers for their models, no vendor. */
export async function viewProviders(parts: Parts, workspaceId: string): Promise<ProviderView[]> {
  const [keys, servers] = await Promise.all([
    listKeys(parts.prisma, workspaceId),
    parts.locals.find(),
  ]);
  return Promise.all(
    providers.map((info) => {
      const own = keys.filter(({ provider }) => provider === info.id);
      const [key] = own;
      if (info.id === 'compatible') return viewCompatible(parts, workspaceId, info, key);
      if (info.id === 'rehearsal') {
        return view(info, 'ready', {
          models: [{ id: rehearsalModel, inputPrice: 0, outputPrice: 0 }],
        });
      }
      return info.local ? viewLocal(info, servers) : viewVendor(info, own);
    }),
  );
}

function view(
  info: ProviderInfo,
  state: ProviderView['state'],
  more: Partial<ProviderView> = {},
): ProviderView {
  return {
    provider: info.id,
    title: info.title,
    state,
    local: info.local,
    limits: [],
    models: [],
    ...more,
  };
}

function viewLocal(info: ProviderInfo, servers: LocalServer[]): ProviderView {
  const found = servers.find(({ provider }) => provider === info.id);
  const where = info.baseUrl === undefined ? {} : { baseUrl: info.baseUrl };
  if (found === undefined) return view(info, 'not-found', where);
  return view(info, 'ready', {
    ...where,
    models: found.models.map((id) => ({ id, inputPrice: 0, outputPrice: 0 })),
  });
}

function viewVendor(info: ProviderInfo, own: readonly KeyInfo[]): ProviderView {
  const [key] = own;
  return view(info, key === undefined ? 'needs-key' : 'ready', {
    ...(key === undefined ? {} : { hint: key.hint, keys: own.map(viewKey) }),
    ...(key?.baseUrl === undefined || key.baseUrl === info.baseUrl ? {} : { baseUrl: key.baseUrl }),
    models: catalogueOf(info.id),
  });
}

function catalogueOf(provider: ProviderId): ProviderView['models'] {
  return knownModels
    .filter((model) => model.provider === provider)
    .map(({ id, contextTokens, price }) => ({
      id,
      contextTokens,
      ...(price === undefined ? {} : { inputPrice: price.input, outputPrice: price.output }),
    }));
}

async function viewCompatible(
  parts: Parts,
  workspaceId: string,
  info: ProviderInfo,
  key: KeyInfo | undefined,
): Promise<ProviderView> {
  if (key === undefined) return view(info, 'needs-key');
  const known = {
    hint: key.hint,
    keys: [viewKey(key)],
    ...(key.baseUrl === undefined ? {} : { baseUrl: key.baseUrl }),
  };
  let secret = '';
  try {
    const stored = await openServer(parts.prisma, parts.vault, workspaceId);
    if (stored === undefined) return view(info, 'needs-key');
    secret = stored.key;
    const provider = compatibleProvider('compatible', { ...stored, fetch: parts.fetch });
    const models = await provider.list(AbortSignal.timeout(1_000));
    return view(info, 'ready', { ...known, models: models.map((id) => ({ id })) });
  } catch (error) {
    const { message } = modelFailure(error, 'compatible', '', secret);
    return view(info, 'failed', { ...known, detail: message });
  }
}

/** With what a workspace says that its models cost; models that nobody else lists are added. */
export function withOwnPrices(view: ProviderView, own: readonly OwnPrice[]): ProviderView {
  const mine = own.filter(({ provider }) => provider === view.provider);
  if (mine.length === 0) return view;
  const priced = (id: string) => mine.find(({ model }) => model === id);
  const listed = view.models.map((model) => {
    const price = priced(model.id);
    if (price === undefined) return model;
    return { ...model, inputPrice: price.input, outputPrice: price.output, ownPrice: true };
  });
  const known = new Set(view.models.map(({ id }) => id));
  const added = mine
    .filter(({ model }) => !known.has(model))
    .map(({ model, input, output }) => ({
      ...{ id: model, inputPrice: input, outputPrice: output, ownPrice: true },
    }));
  return { ...view, models: [...listed, ...added] };
}

/** With what a workspace allows of it at most. */
export function withLimits(view: ProviderView, all: readonly ProviderLimit[]): ProviderView {
  const limits = all
    .filter(({ provider }) => provider === view.provider)
    .map(({ provider: _provider, ...limit }) => limit);
  return { ...view, limits };
}
