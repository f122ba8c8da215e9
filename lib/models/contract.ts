import { z } from 'zod';
import { defineRoute } from '@/lib/api/define-route';
import { nameSchema } from '@/lib/names/schema';
import { providerIdSchema } from './schema';

const tag = 'Models';

const perMinute = z.int().min(1).max(100_000_000).nullable();
const limitSettings = {
  requestsPerMinute: perMinute.default(null),
  tokensPerMinute: perMinute.default(null),
  /** Calls at the same time. */
  atOnce: z.int().min(1).max(10_000).nullable().default(null),
};
/** `*`: all models of the provider together. */
const limitedModel = z.string().trim().min(1).max(200).default('*');
export const modelLimitSchema = z.strictObject({ model: z.string(), ...limitSettings });
export type ModelLimitView = z.infer<typeof modelLimitSchema>;

/** A stored key of a provider, as people who manage keys see it. */
export const providerKeySchema = z.strictObject({
  /** Empty for the first key of a provider. */
  name: z.string(),
  /** Last characters of the key; the key itself never leaves the server. */
  hint: z.string(),
  /** `tried`: the provider took it; `rejected`: it did not; `untried`: it could not be asked. */
  state: z.enum(['tried', 'rejected', 'untried']),
  triedAt: z.iso.datetime().nullable(),
  /** Why it is not tried. */
  problem: z.string().optional(),
});
export type ProviderKeyView = z.infer<typeof providerKeySchema>;

export const providerViewSchema = z.strictObject({
  provider: providerIdSchema,
  title: z.string(),
  /** `ready`: can be called now; `needs-key`: enter one; `not-found`: no such local server; `failed`: see detail. */
  state: z.enum(['ready', 'needs-key', 'not-found', 'failed']),
  local: z.boolean(),
  /** Last characters of its first key. */
  hint: z.string().optional(),
  /** Its keys, in the order in which calls use them: the next one where a key is at a limit, out of credit or rejected. */
  keys: z.array(providerKeySchema).optional(),
  baseUrl: z.string().optional(),
  detail: z.string().optional(),
  /** What this workspace allows of it at most. */
  limits: z.array(modelLimitSchema),
  models: z.array(
    z.strictObject({
      id: z.string(),
      /** US dollars per million tokens; absent where unknown. */
      inputPrice: z.number().optional(),
      outputPrice: z.number().optional(),
      /** The price is this workspace's own. */
      ownPrice: z.boolean().optional(),
      contextTokens: z.number().optional(),
    }),
  ),
});
export type ProviderView = z.infer<typeof providerViewSchema>;

export const listProviders = defineRoute({
  id: 'models.list',
  method: 'GET',
  path: '/models',
  summary: 'Providers with their state and models.',
  tag,
  permission: 'agents.read',
  result: z.strictObject({ items: z.array(providerViewSchema) }),
});
/** Which of several keys of a provider; the first, or only one, has no name. */
const keyName = nameSchema(60).optional();

export const putProviderKey = defineRoute({
  id: 'models.put-key',
  method: 'PUT',
  path: '/models/{provider}/key',
  summary: 'Add or replace a provider’s key (and base URL). Stored encrypted and never shown.',
  tag,
  permission: 'keys.manage',
  params: z.strictObject({ provider: providerIdSchema }),
  body: z.strictObject({
    key: z.string().max(1_000).default(''),
    baseUrl: z.url().max(500).optional(),
    name: keyName,
  }),
  result: providerKeySchema.extend({ provider: providerIdSchema }),
});
export const deleteProviderKey = defineRoute({
  id: 'models.delete-key',
  method: 'DELETE',
  path: '/models/{provider}/key',
  summary: 'Remove a provider’s key.',
  tag,
  permission: 'keys.manage',
  params: z.strictObject({ provider: providerIdSchema }),
  query: z.strictObject({ name: keyName }),
  result: z.strictObject({ provider: providerIdSchema, name: z.string() }),
});
export const testProviderKey = defineRoute({
  id: 'models.test-key',
  method: 'POST',
  path: '/models/{provider}/key/test',
  summary: 'Try a stored key: whether its provider takes it now.',
  tag,
  permission: 'keys.manage',
  params: z.strictObject({ provider: providerIdSchema }),
  body: z.strictObject({ name: keyName }),
  result: providerKeySchema,
});
export const putModelLimit = defineRoute({
  id: 'models.put-limit',
  method: 'PUT',
  path: '/models/{provider}/limits',
  summary:
    'Limit a provider’s calls, or those of one of its models: requests and tokens a minute, and calls at once. Calls over it wait.',
  tag,
  permission: 'spending.manage',
  params: z.strictObject({ provider: providerIdSchema }),
  body: z
    .strictObject({ model: limitedModel, ...limitSettings })
    .refine(
      ({ requestsPerMinute, tokensPerMinute, atOnce }) =>
        requestsPerMinute !== null || tokensPerMinute !== null || atOnce !== null,
      'Set at least one limit.',
    ),
  result: modelLimitSchema,
});
export const deleteModelLimit = defineRoute({
  id: 'models.delete-limit',
  method: 'DELETE',
  path: '/models/{provider}/limits',
  summary: 'Remove a limit of a provider, or of one of its models.',
  tag,
  permission: 'spending.manage',
  params: z.strictObject({ provider: providerIdSchema }),
  query: z.strictObject({ model: limitedModel }),
  result: z.strictObject({ provider: providerIdSchema, model: z.string() }),
});
export const modelContracts = [
  listProviders,
  putProviderKey,
  deleteProviderKey,
  testProviderKey,
  putModelLimit,
  deleteModelLimit,
];
